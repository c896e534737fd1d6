import { verifyRegistrationResponse, type VerifiedRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers'
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

/**
 * Verifies the registration of a new credential, WebAuthn 7.1. The store checks whether another account already has it
 * (R097).
 */
export async function verifyRegistration(
  rp: RelyingParty,
  credential: RegistrationJson,
  expected: { readonly challenge: string; readonly now: Date },
): Promise<Registration> {
  const data = readClientData(credential.response.clientDataJSON)
  if (!data || !isFromOurs(data, 'create', expected.challenge, rp)) return { kind: 'refused' }
  const info = await verify(rp, credential, expected.challenge)
  // The library takes the id from the authenticator; the browser's id must be the same.
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

/** Null for every failure: the library throws for them, and for input it cannot read. */
async function verify(rp: RelyingParty, credential: RegistrationJson, challenge: string): Promise<Info | null> {
  const { id, type, response } = credential
  const { clientDataJSON } = response
  try {
    const attestationObject = withReadableStatement(rp, response.attestationObject)
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId: id, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
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

/** The formats that the library verifies. */
const READABLE: readonly unknown[] = ['none', 'packed', 'fido-u2f', 'tpm', 'android-key', 'apple']

/**
 * Where no attestation was requested, a statement in another format counts as none: it would be trusted for nothing
 * (WebAuthn 7.1, the last steps), and refusing it would turn away its authenticator.
 */
function withReadableStatement({ attestationRoots }: RelyingParty, encoded: string): string {
  if (attestationRoots) return encoded
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(encoded, 'base64url')))
  if (READABLE.includes(decoded.get('fmt'))) return encoded
  const bare = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', decoded.get('authData')],
  ])
  return Buffer.from(isoCBOR.encode(bare as never)).toString('base64url')
}

/** Algorithms whose signatures are DER: ECDSA with SHA-256, SHA-384 and SHA-512 (RFC 9053 section 2.1). */
const ECDSA_ALGORITHMS: readonly unknown[] = [-7, -35, -36]

/** Whether an ECDSA attestation signature is in strict DER; the library's parser ignores trailing bytes (R142). */
function isSignedInOneSpelling({ attestationObject, fmt }: Info): boolean {
  const statement: ReadonlyMap<string, unknown> = decodeAttestationObject(attestationObject).get('attStmt') as never
  const isEcdsa = fmt === 'fido-u2f' || ECDSA_ALGORITHMS.includes(statement.get('alg'))
  const signature = statement.get('sig')
  return !isEcdsa || !(signature instanceof Uint8Array) || isDerSignature(signature)
}
