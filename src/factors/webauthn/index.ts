export { readAttestationRoots } from './attestation-roots.js'
export { passkeyFactor, type PasskeyDeps } from './passkey-factor.js'
export { passkeySignIn, type PresentedPasskey } from './passkey-sign-in.js'
export type { RelyingParty } from './relying-party.js'
