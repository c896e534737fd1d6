import type { Factor } from './factor.js'
import { claimOfCredential } from './webauthn/index.js'

/** The keys these factors hold, which are unique across all accounts. */
export const claimsOf = (factors: readonly Factor[]): readonly string[] => factors.flatMap(claimOf)

/** Older versions stored the key of a passkey with it. */
function claimOf({ type, material }: Factor): readonly string[] {
  const { claim, credentialId } = material
  if (typeof claim === 'string') return [claim]
  return type === 'WEBAUTHN' && typeof credentialId === 'string' ? [claimOfCredential(credentialId)] : []
}
