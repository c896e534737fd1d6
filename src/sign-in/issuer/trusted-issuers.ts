import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { createHash } from 'node:crypto'
import { isCompactJws } from '../../kernel/base64url.js'
import { secondsAfter, type Clock } from '../../kernel/clock.js'
import { parseEmailAddress, type EmailAddress } from '../../kernel/email-address.js'
import type { IssuerKeys } from './issuer-keys.js'
import type { TrustedIssuer } from './trusted-issuer.js'

/** What a token of a trusted issuer says. */
export interface ExternalIdentity {
  readonly issuer: string
  readonly subject: string
  readonly email: EmailAddress
  readonly methods: readonly string[]
  /** Distinguishes the token from every other token that is valid at the same time. */
  readonly tokenId: string
  readonly endsAt: Date
}

export type ExternalVerdict =
  | { readonly kind: 'right'; readonly identity: ExternalIdentity }
  /** `because` is for the audit log; the caller is told nothing. */
  | { readonly kind: 'wrong'; readonly because: string }

/** Verifies tokens of issuers that the configuration trusts. */
export interface TrustedIssuers {
  /** Throws `Unavailable` when the issuer's keys cannot be fetched: then the token is neither accepted nor rejected. */
  verify(token: string): Promise<ExternalVerdict>
}

const MAX_TOKEN_LENGTH = 8192
const SKEW_SECONDS = 30
/** ID tokens have no type or `JWT`; tokens for other uses name their type (RFC 8725 section 3.11). */
const PLAIN_TYPES: ReadonlySet<unknown> = new Set([undefined, 'JWT', 'jwt'])

const claimsShape = z.object({
  jti: z.string().min(1).max(500).optional(),
  exp: z.number(),
  amr: z.array(z.string()).max(20).optional().catch(undefined),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
})
const subjectShape = z.string().min(1).max(255)

export function createTrustedIssuers(
  deps: { readonly clock: Clock; readonly keysOf: (issuer: TrustedIssuer) => IssuerKeys },
  issuers: readonly TrustedIssuer[],
): TrustedIssuers {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: deps.keysOf(issuer) }]))
  return {
    verify: async (token) => {
      const claimed = claimedBy(token)
      // The unverified issuer only selects the keys that verify the token.
      const found = claimed === null ? undefined : known.get(claimed)
      if (!found) return wrong('unknown-issuer')
      try {
        const { payload } = await jwtVerify(token, found.keys, {
          algorithms: [...found.issuer.algorithms],
          issuer: found.issuer.issuer,
          audience: found.issuer.audience,
          currentDate: deps.clock.now(),
          clockTolerance: SKEW_SECONDS,
          maxTokenAge: found.issuer.maxAgeSeconds,
          requiredClaims: ['exp', 'iat'],
        })
        return read(found.issuer, token, payload)
      } catch (error) {
        if (error instanceof errors.JOSEError) return wrong(error.code.toLowerCase())
        throw error
      }
    },
  }
}

const wrong = (because: string): ExternalVerdict => ({ kind: 'wrong', because })

/** The issuer a token names, unverified; null when it is not a token, or is one for another use. */
function claimedBy(token: string): string | null {
  if (token.length > MAX_TOKEN_LENGTH || !isCompactJws(token)) return null
  try {
    const { typ } = decodeProtectedHeader(token)
    return PLAIN_TYPES.has(typ) ? (decodeJwt(token).iss ?? null) : null
  } catch {
    return null
  }
}

function read(issuer: TrustedIssuer, token: string, payload: Readonly<Record<string, unknown>>): ExternalVerdict {
  const claims = claimsShape.safeParse(payload)
  if (!claims.success) return wrong('malformed-claims')
  const { aud, azp, exp, jti, amr } = claims.data
  // OpenID Connect Core 3.1.3.7: with several audiences, `azp` says which client requested the token.
  if (Array.isArray(aud) && aud.length > 1 && azp !== issuer.audience) return wrong('for-somebody-else')
  if (azp !== undefined && azp !== issuer.audience) return wrong('for-somebody-else')
  const subject = subjectShape.safeParse(payload[issuer.subjectClaim])
  if (!subject.success) return wrong('no-subject')
  const address = payload[issuer.emailClaim]
  const email = typeof address === 'string' ? parseEmailAddress(address) : null
  if (!email) return wrong('no-email')
  return {
    kind: 'right',
    identity: {
      issuer: issuer.issuer,
      subject: subject.data,
      email,
      methods: amr ?? [],
      tokenId: jti === undefined ? contentOf(token) : `jti ${jti}`,
      endsAt: secondsAfter(new Date(exp * 1000), SKEW_SECONDS),
    },
  }
}

/** The signed content: one signature can be spelled in several ways (ECDSA), the content cannot. */
const contentOf = (token: string): string =>
  `sha256 ${createHash('sha256')
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('base64url')}`
