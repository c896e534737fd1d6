import { SignJWT, errors, jwtVerify, type JWK } from 'jose'
import { createBoundedCache } from '../kernel/bounded-cache.js'
import { acrOf, type Assurance } from '../kernel/assurance.js'
import { isCompactJws } from '../kernel/base64url.js'
import type { Clock } from '../kernel/clock.js'
import { parseId, type AccountId, type OrganizationId, type SessionId } from '../kernel/ids.js'
import type { TokenKeys } from './token-keys.js'

export interface AccessTokenSettings {
  readonly issuer: string
  readonly audience: string
  /** The client that tokens are issued to (RFC 9068 section 2.2). */
  readonly clientId: string
  /** At most 300. */
  readonly lifetimeSeconds: number
}

export interface AccessClaims {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly assurance: Assurance
  readonly authTime: Date
  readonly amr: readonly string[]
  /** Null: the session has no organization. */
  readonly organizationId: OrganizationId | null
  /** The generation of the refresh token it is issued with; null: that token has none. */
  readonly generation: number | null
}

/** The session an access token was issued for, and the refresh token it was issued with. */
export type VerifiedAccess = Pick<AccessClaims, 'accountId' | 'sessionId' | 'generation'>

/** Signs and verifies the short-lived access tokens of bearer clients, and publishes the keys that verify them. */
export interface AccessTokens {
  issue(claims: AccessClaims): Promise<{ readonly token: string; readonly expiresAt: Date }>
  /** The session the token was issued for. Null if the token is not ours, not an access token, or expired. */
  verify(token: string): Promise<VerifiedAccess | null>
  /** The public keys (RFC 7517), the current one first. */
  jwks(): Promise<{ readonly keys: readonly JWK[] }>
}

const TYPE = 'at+jwt' // RFC 9068 section 2.1
const SKEW_SECONDS = 5
const MAX_TOKEN_LENGTH = 4096
const REMEMBERED_TOKENS = 10_000

export function createAccessTokens(keys: TokenKeys, clock: Clock, settings: AccessTokenSettings): AccessTokens {
  // Verifying a signature takes a third of a millisecond, and the result never changes. Whether the session is live is
  // checked on every request.
  const verified = createBoundedCache<VerifiedToken>(REMEMBERED_TOKENS)
  return {
    issue: async (claims) => {
      const issuedAt = Math.floor(clock.now().getTime() / 1000)
      const expiresAt = issuedAt + settings.lifetimeSeconds
      const unsigned = new SignJWT({
        client_id: settings.clientId,
        sid: claims.sessionId,
        acr: acrOf(claims.assurance),
        amr: claims.amr,
        auth_time: Math.floor(claims.authTime.getTime() / 1000),
        ...(claims.organizationId === null ? {} : { org_id: claims.organizationId }),
        ...(claims.generation === null ? {} : { gen: claims.generation }),
      })
        .setIssuer(settings.issuer)
        .setAudience(settings.audience)
        .setSubject(claims.accountId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(crypto.randomUUID())
      const token = await keys.sign(unsigned, TYPE)
      return { token, expiresAt: new Date(expiresAt * 1000) }
    },
    verify: async (token) => {
      const known = verified.get(token)
      if (known && known.endsAt > clock.now()) return known
      const session = await verify(keys, clock, settings, token)
      if (session) verified.set(token, session, 1)
      return session
    },
    jwks: () => keys.jwks(),
  }
}

interface VerifiedToken extends VerifiedAccess {
  readonly endsAt: Date
}

async function verify(
  keys: TokenKeys,
  clock: Clock,
  settings: AccessTokenSettings,
  token: string,
): Promise<VerifiedToken | null> {
  if (token.length > MAX_TOKEN_LENGTH || !isCompactJws(token)) return null
  try {
    const { payload } = await jwtVerify(
      token,
      // Only key ids of our own ring resolve to a key. The jwk, jku and x5u headers are ignored (R071).
      (header) => {
        const key = keys.find(header)
        if (!key) throw new errors.JWKSNoMatchingKey()
        return key
      },
      {
        algorithms: [...keys.algorithms],
        typ: TYPE,
        issuer: settings.issuer,
        audience: settings.audience,
        currentDate: clock.now(),
        clockTolerance: SKEW_SECONDS,
        // Also rejects a token issued in the future; we never issue one (R072).
        maxTokenAge: settings.lifetimeSeconds,
        requiredClaims: ['exp', 'iat', 'sub', 'sid'],
      },
    )
    const accountId = parseId<AccountId>(payload.sub)
    const sessionId = parseId<SessionId>(payload.sid)
    const generation = Number.isSafeInteger(payload['gen']) ? Number(payload['gen']) : null
    const endsAt = new Date(Number(payload.exp) * 1000)
    return accountId && sessionId ? { accountId, sessionId, generation, endsAt } : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
