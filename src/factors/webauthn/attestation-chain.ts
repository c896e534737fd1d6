import type { VerifiedRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'

type Info = NonNullable<VerifiedRegistrationResponse['registrationInfo']>

/** Formats whose first certificate signs the statement. Certificates in any other format prove nothing. */
const VOUCHED_BY_CERTIFICATE: readonly string[] = ['packed', 'fido-u2f', 'tpm', 'android-key', 'apple']

/** The certificates that vouch for the authenticator; empty for `none` and for self attestation. */
export function attestationChain({
  attestationObject,
  fmt,
}: Pick<Info, 'attestationObject' | 'fmt'>): readonly Uint8Array[] {
  if (!VOUCHED_BY_CERTIFICATE.includes(fmt)) return []
  const chain: unknown = decodeAttestationObject(attestationObject).get('attStmt').get('x5c')
  return Array.isArray(chain) && chain.every((each) => each instanceof Uint8Array) ? chain : []
}
