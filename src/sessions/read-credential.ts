import type { AccountId, SessionId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from '../tokens/index.js'
import { readSessionToken } from '../tokens/index.js'
import type { Session, SessionTransport } from './session.js'

/** A credential as the transport found it. */
export interface PresentedCredential {
  readonly kind: 'cookie' | 'bearer'
  readonly token: string
}

/** Which session a credential is for, and what the stored session must match for the credential to be genuine. */
export interface CredentialClaim {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly transport: SessionTransport
  /** Hash of the secret presented; null for access tokens, whose signature was verified. */
  readonly secretHash: string | null
  /** The session state such a credential is issued in; null when it is valid in both. */
  readonly state: Session['state'] | null
  /** Of access tokens: the refresh token they were issued with; null: unknown, or none. */
  readonly generation: number | null
}

/** Reads a credential without asking the store. Null for anything we did not issue. */
export async function readCredential(
  deps: { readonly accessTokens: AccessTokens; readonly secrets: Secrets },
  credential: PresentedCredential,
): Promise<CredentialClaim | null> {
  // Access tokens contain dots; the token of a pending bearer session does not.
  if (credential.kind === 'bearer' && credential.token.includes('.')) {
    const claims = await deps.accessTokens.verify(credential.token)
    if (!claims) return null
    const { accountId, sessionId, generation } = claims
    return { accountId, sessionId, generation, transport: 'BEARER', secretHash: null, state: 'active' }
  }
  const token = readSessionToken(credential.token)
  if (!token) return null
  const { accountId, sessionId } = token
  const read = { accountId, sessionId, secretHash: deps.secrets.digest(token.secret), generation: null }
  if (credential.kind === 'cookie') return { ...read, transport: 'COOKIE', state: null }
  return { ...read, transport: 'BEARER', state: 'pending' }
}

/** Whether the stored session is the one the credential was issued for. */
export function isGenuine(secrets: Secrets, claim: CredentialClaim, session: Session): boolean {
  if (session.transport !== claim.transport) return false
  if (claim.state !== null && session.state !== claim.state) return false
  return claim.secretHash === null || secrets.equal(claim.secretHash, session.secretHash)
}
