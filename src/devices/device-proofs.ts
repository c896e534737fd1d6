import { calculateJwkThumbprint, decodeProtectedHeader, errors, importJWK, jwtVerify, type JWK } from 'jose'
import { z } from 'zod'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { isCompactJws } from '../kernel/base64url.js'
import { isSoundKey } from '../kernel/sound-key.js'
import type { Secrets } from '../kernel/secrets.js'
import type { DeviceKeyProof, DeviceKeyVerdict } from './demand-key.js'
import type { SpentChallenges } from './ports.js'

export interface DeviceProofDeps {
  readonly clock: Clock
  readonly secrets: Secrets
  /** Used proofs, kept until they would be too old anyway. */
  readonly spentChallenges: SpentChallenges
}

export interface DeviceProofSettings {
  /** The endpoint that proofs are made for: origin and path. */
  readonly url: string
  /** How far a client's clock may be off in either direction, and therefore how long a proof is valid. */
  readonly windowSeconds: number
}

/** Reads proofs that a client holds the key of its device: DPoP (RFC 9449) for the device token. */
export interface DeviceProofs {
  /**
   * The proof in a request's header, or null without one. Nothing is verified until it is needed; invalid content never
   * throws.
   */
  read(text: string | null): DeviceKeyProof
}

const MAX_JTI_LENGTH = 100
const MISSING: DeviceKeyVerdict = Object.freeze({ kind: 'missing' })

/** RFC 7518 section 6.2.1: a point of P-256, each coordinate as 32 bytes. */
const publicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
})

const claims = z.object({
  jti: z.string().min(1).max(MAX_JTI_LENGTH),
  htm: z.literal('POST'),
  htu: z.string(),
  iat: z.int(),
})

/** A valid proof, and what distinguishes it from every other proof by the same key. */
interface CheckedProof {
  readonly thumbprint: string
  readonly jti: string
  readonly endsAt: Date
}

type Judged = { readonly verdict: DeviceKeyVerdict; readonly proof: CheckedProof | null }

export function createDeviceProofs(deps: DeviceProofDeps, settings: DeviceProofSettings): DeviceProofs {
  return {
    read: (text) => {
      const judged = once(() => judge(deps, settings, text))
      const spent = once(async () => {
        const { proof } = await judged()
        return proof !== null && spend(deps, proof)
      })
      return { judge: async () => (await judged()).verdict, spend: spent }
    },
  }
}

async function judge(deps: DeviceProofDeps, settings: DeviceProofSettings, text: string | null): Promise<Judged> {
  const jwk = text === null ? null : keyNamedBy(text)
  if (text === null || !jwk) return { verdict: MISSING, proof: null }
  try {
    const thumbprint = await calculateJwkThumbprint(jwk, 'sha256')
    return await checkSignature(deps, settings, text, { jwk, thumbprint })
  } catch {
    // A point off the curve, or any other malformed input, counts as no proof; the request is not refused for it.
    return { verdict: MISSING, proof: null }
  }
}

/**
 * The public key in the header. Null for anything else, in particular a key with its private part (RFC 9449 section
 * 4.3).
 */
function keyNamedBy(text: string): JWK | null {
  if (!isCompactJws(text)) return null
  try {
    const { jwk } = decodeProtectedHeader(text)
    const parsed = jwk === undefined || 'd' in jwk ? null : publicKey.safeParse(jwk).data
    // In its canonical spelling and on the curve, because the device is identified by a digest of this text (R141,
    // R142).
    return parsed && isSoundKey(parsed) ? parsed : null
  } catch {
    return null
  }
}

async function checkSignature(
  { clock }: DeviceProofDeps,
  settings: DeviceProofSettings,
  text: string,
  { jwk, thumbprint }: { readonly jwk: JWK; readonly thumbprint: string },
): Promise<Judged> {
  const now = clock.now()
  const key = await importJWK(jwk, 'ES256')
  const payload = await jwtVerify(text, key, { algorithms: ['ES256'], typ: 'dpop+jwt', currentDate: now }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      if (error instanceof errors.JWSSignatureVerificationFailed) return null
      throw error
    },
  )
  if (payload === null) return { verdict: { kind: 'forged', thumbprint }, proof: null }
  const { jti, htu, iat } = claims.parse(payload)
  const isOfNow = Math.abs(now.getTime() / 1000 - iat) <= settings.windowSeconds
  if (!isOfNow || !isFor(settings.url, htu)) return { verdict: MISSING, proof: null }
  const endsAt = secondsAfter(new Date(iat * 1000), settings.windowSeconds)
  return { verdict: { kind: 'proved', thumbprint }, proof: { thumbprint, jti, endsAt } }
}

/** Query and fragment are ignored (RFC 9449 section 4.3). */
function isFor(url: string, htu: string): boolean {
  const { origin, pathname, username, password } = new URL(htu)
  return `${origin}${pathname}` === url && username === '' && password === ''
}

const spend = ({ secrets, spentChallenges }: DeviceProofDeps, { thumbprint, jti, endsAt }: CheckedProof) =>
  spentChallenges.spend(secrets.digest(`device-proof/${thumbprint}/${jti}`), endsAt)

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promised: Promise<T> | null = null
  return () => (promised ??= work())
}
