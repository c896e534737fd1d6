import type { AccountId } from '../../kernel/ids.js'
import type { Factor } from '../factor.js'
import { credentialIdOf } from './passkey.js'
import { ALGORITHMS, type RelyingParty } from './relying-party.js'

/* Options for `navigator.credentials`, in the JSON form of WebAuthn Level 3 (5.1.8 and 5.1.9). */

export interface CreationInput {
  readonly accountId: AccountId
  readonly label: string
  readonly challenge: string
  readonly timeoutSeconds: number
  /** The account's factors, whose authenticators must not be enrolled again. */
  readonly factors: readonly Factor[]
}

export function creationOptions(rp: RelyingParty, input: CreationInput): object {
  const { accountId, label, challenge, timeoutSeconds, factors } = input
  return {
    rp: { id: rp.rpId, name: rp.name },
    // 16 random bytes that identify the account and reveal nothing about it (WebAuthn 14.6.1).
    user: { id: accountId, name: label, displayName: label },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: timeoutSeconds * 1000,
    excludeCredentials: factors.filter(({ status }) => status === 'ACTIVE').flatMap(descriptorOf),
    // Stored on the authenticator where possible, so that it can name the account at sign-in.
    authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'preferred' },
    attestation: rp.attestationRoots ? 'direct' : 'none',
  }
}

export interface RequestInput {
  readonly challenge: string
  readonly timeoutSeconds: number
  /** The factor that may answer; null: any passkey that knows its account. */
  readonly factor: Factor | null
}

export function requestOptions(rp: RelyingParty, { challenge, timeoutSeconds, factor }: RequestInput): object {
  return {
    challenge,
    rpId: rp.rpId,
    timeout: timeoutSeconds * 1000,
    ...(factor ? { allowCredentials: descriptorOf(factor) } : {}),
    // A passkey that replaces the password must verify its user.
    userVerification: factor ? 'preferred' : 'required',
  }
}

function descriptorOf(factor: Factor) {
  const id = credentialIdOf(factor)
  if (id === null) return []
  const kept = factor.material['transports']
  const transports = typeof kept === 'string' && kept !== '' ? { transports: kept.split(',') } : {}
  return [{ type: 'public-key', id, ...transports }]
}
