import { verifyRegistrationResponse, type VerifiedRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { attestationChain } from './attestation-chain.js'
import { leadsToRoot } from './attestation-roots.js'
import { isFromOurs, readClientData } from './client-data.js'
import type { RegistrationJson } from './credential-json.js'
import { isDerSignature } from '../../kernel/der-signature.js'
import type { Passkey, PasskeyState } from './passkey.js'
import { isUsableKey } from './public-key.js'
import { ALGORITHMS, type RelyingParty } from './relying-party.js'

export type Registration =
  | { readonly kind: 'verified'; readonly passkey: Passkey; readonly state: PasskeyState; readonly format: string }
  | { readonly kind: 'refused'; readonly because?: string }

type Info = NonNullable<VerifiedRegistrationResponse['registrationInfo']>

/** Registering a new credential, WebAuthn 7.1. Whether somebody has it already is for the store to say (R097). */
export async function verifyRegistration(
  rp: RelyingParty,
  credential: RegistrationJson,
  expected: { readonly challenge: string; readonly now: Date },
): Promise<Registration> {
  const data = readClientData(credential.response.clientDataJSON)
  if (!data || !isFromOurs(data, 'create', expected.challenge, rp)) return { kind: 'refused' }
  const info = await verify(rp, credential, expected.challenge)
  // The library believes the authenticator; the id that the browser gave has to be the same.
  if (!info || info.credential.id !== credential.id) return { kind: 'refused' }
  if (!isUsableKey(info.credential.publicKey)) return { kind: 'refused', because: 'key-not-sound' }
  if (!isSignedInOneSpelling(info)) return { kind: 'refused' }
  const roots = rp.attestationRoots
  if (roots && !leadsToRoot(attestationChain(info), roots, expected.now)) {
    return { kind: 'refused', because: 'attestation-not-trusted' }
  }
  return {
    kind: 'verified',
    passkey: {
      credentialId: info.credential.id,
      publicKey: Buffer.from(info.credential.publicKey).toString('base64url'),
      backupEligible: info.credentialDeviceType === 'multiDevice',
      aaguid: info.aaguid,
    },
    state: {
      signCount: info.credential.counter,
      backedUp: info.credentialBackedUp,
      userVerified: info.userVerified,
    },
    format: info.fmt,
  }
}

/** Null for whatever does not hold: the library says so by throwing, also at what it cannot read. */
async function verify(rp: RelyingParty, credential: RegistrationJson, challenge: string): Promise<Info | null> {
  const { id, rawId, type, response } = credential
  const { clientDataJSON, attestationObject } = response
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...rp.origins],
      expectedRPID: rp.rpId,
      requireUserPresence: true,
      requireUserVerification: false,
      supportedAlgorithmIDs: [...ALGORITHMS],
    })
    return verified ? registrationInfo : null
  } catch {
    return null
  }
}

/** Algorithms whose signatures are DER: ECDSA with SHA-256, SHA-384 and SHA-512 (RFC 9053 section 2.1). */
const ECDSA_ALGORITHMS: readonly unknown[] = [-7, -35, -36]

/** Whether an ECDSA signature of the attestation is in strict DER; the parser of the library overlooks what follows (R142). */
function isSignedInOneSpelling({ attestationObject, fmt }: Info): boolean {
  const statement: ReadonlyMap<string, unknown> = decodeAttestationObject(attestationObject).get('attStmt') as never
  const isEcdsa = fmt === 'fido-u2f' || ECDSA_ALGORITHMS.includes(statement.get('alg'))
  const signature = statement.get('sig')
  return !isEcdsa || !(signature instanceof Uint8Array) || isDerSignature(signature)
}
