import { verifyAuthenticationResponse, type VerifiedAuthenticationResponse } from '@simplewebauthn/server'
import type { AccountId } from '../../kernel/ids.js'
import { isFromOurs, readClientData } from './client-data.js'
import { isDerSignature } from '../../kernel/der-signature.js'
import type { AssertionJson } from './credential-json.js'
import type { Passkey, PasskeyState } from './passkey.js'
import { algorithmOf, ES256, isUsableKey } from './public-key.js'
import type { RelyingParty } from './relying-party.js'

export type Assertion =
  { readonly kind: 'verified'; readonly state: PasskeyState } | { readonly kind: 'refused'; readonly because?: string }

export interface ExpectedAssertion {
  readonly accountId: AccountId
  readonly passkey: Passkey
  /** The counter after the last use. */
  readonly signCount: number
  readonly challenge: string
  readonly requireUserVerification: boolean
}

type Info = VerifiedAuthenticationResponse['authenticationInfo']

/** Verifies an authentication assertion, WebAuthn 7.2. */
export async function verifyAssertion(
  rp: RelyingParty,
  credential: AssertionJson,
  expected: ExpectedAssertion,
): Promise<Assertion> {
  const { passkey, signCount } = expected
  const data = readClientData(credential.response.clientDataJSON)
  if (!data || !isFromOurs(data, 'get', expected.challenge, rp)) return { kind: 'refused' }
  if (credential.id !== passkey.credentialId) return { kind: 'refused' }
  const { userHandle } = credential.response
  if (userHandle !== null && userHandle !== undefined && userHandle !== expected.accountId) return { kind: 'refused' }
  const info = await verify(rp, credential, expected)
  if (!info) return { kind: 'refused' }
  const backupEligible = info.credentialDeviceType === 'multiDevice'
  if (backupEligible !== passkey.backupEligible) return { kind: 'refused', because: 'backup-eligibility-changed' }
  // Authenticators without a counter always send 0; one that has counted must keep increasing (WebAuthn 6.1.1). Copies
  // of a passkey that can be backed up are intended, and each counts for itself.
  const counts = !backupEligible && (info.newCounter > 0 || signCount > 0)
  if (counts && info.newCounter <= signCount) return { kind: 'refused', because: 'counter-regressed' }
  const { newCounter, credentialBackedUp, userVerified } = info
  return { kind: 'verified', state: { signCount: newCounter, backedUp: credentialBackedUp, userVerified } }
}

/** Null for every failure: the library throws for them, and for input it cannot read. */
async function verify(rp: RelyingParty, credential: AssertionJson, expected: ExpectedAssertion): Promise<Info | null> {
  const { id, type, response } = credential
  const { clientDataJSON, authenticatorData, signature } = response
  const publicKey = new Uint8Array(Buffer.from(expected.passkey.publicKey, 'base64url'))
  // Keys that were enrolled before these checks existed must pass them too.
  if (!isUsableKey(publicKey) || !isInOneSpelling(publicKey, signature)) return null
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: expected.challenge,
      expectedOrigin: [...rp.origins],
      expectedTopOrigin: [...rp.topOrigins],
      expectedRPID: rp.rpId,
      requireUserVerification: expected.requireUserVerification,
      // Not the stored counter: the library would check it before the signature, so anyone could raise an alarm.
      credential: { id, publicKey, counter: 0 },
    })
    return verified ? authenticationInfo : null
  } catch {
    return null
  }
}

/** Whether an ECDSA signature is in strict DER; the library's parser ignores trailing bytes (R142). */
const isInOneSpelling = (publicKey: Uint8Array<ArrayBuffer>, signature: string): boolean =>
  algorithmOf(publicKey) !== ES256 || isDerSignature(Buffer.from(signature, 'base64url'))
