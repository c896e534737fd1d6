import { SignJWT } from 'jose'
import { acrOf, type Assurance } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { AccessTokens } from './access-token.js'
import type { TokenKeys } from './token-keys.js'

export interface ProofClaims {
  /** The backend's identifier for the user. */
  readonly subject: string
  /** The backend, as the only recipient. */
  readonly audience: string
  readonly nonce: string | null
  readonly assurance: Assurance
  readonly authTime: Date
  readonly amr: readonly string[]
}

export interface ProofTokenSettings {
  readonly issuer: string
  /** At most 300. */
  readonly lifetimeSeconds: number
}

/** Signs the result of an authentication for the backend that began it. The JWKS publishes the keys. */
export interface ProofTokens {
  issue(claims: ProofClaims): Promise<string>
}

/** The tokens that represent a session. */
export interface SessionTokens {
  readonly accessTokens: AccessTokens
  readonly proofTokens: ProofTokens
}

/** Differs from the type of access tokens, so a proof token cannot be used as one (RFC 8725 section 3.11). */
const TYPE = 'proof+jwt'

export function createProofTokens(keys: TokenKeys, clock: Clock, settings: ProofTokenSettings): ProofTokens {
  return {
    issue: ({ subject, audience, nonce, assurance, authTime: at, amr }) => {
      const issuedAt = Math.floor(clock.now().getTime() / 1000)
      const token = new SignJWT({
        acr: acrOf(assurance),
        amr,
        auth_time: Math.floor(at.getTime() / 1000),
        ...(nonce === null ? {} : { nonce }),
      })
        .setIssuer(settings.issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + settings.lifetimeSeconds)
        .setJti(crypto.randomUUID())
      return keys.sign(token, TYPE)
    },
  }
}
