export type { AccountCareStore, FactorReset } from './account-care.js'
export {
  codesLeft,
  NOTHING_REVEALED,
  NOTHING_SHOWN,
  summarize,
  type Answer,
  type Asked,
  type AskRequest,
  type EnrollmentReveal,
  type Factor,
  type FactorKind,
  type FactorKinds,
  type JudgeRequest,
  type Judgement,
  type Material,
  type OutgoingMessage,
  type Question,
  type QuestionShown,
} from './factor.js'
export { claimsOf } from './claims-of.js'
export { destinationOf } from './destination-of.js'
export { mailAddressesOf } from './mail-addresses.js'
export { newFactor } from './new-factor.js'
export { newRecoveryCodes } from './new-recovery-codes.js'
export { Undeliverable } from './undeliverable.js'
export type { FactorRemoval, FactorStore, RemoveFactor, TextMessage, TextSender } from './ports.js'
export { drawQrCodePng, drawQrCodeSvg } from './qr-code.js'
export { regenerateRecoveryCodes, type RegenerateRecoveryCodesDeps } from './regenerate-recovery-codes.js'
export type { RemoveFactorDeps } from './remove-factor.js'
export {
  askerOf,
  isRightNumber,
  isSignedBy,
  parseDeviceName,
  readMaterial as readPushMaterial,
  readPublicKey as readPushKey,
  sealSubscription as sealPushSubscription,
  stateOf as pushStateOf,
  writeDeviceName,
  type Asker,
  type DeviceName,
  type PushDelivery,
  type PushState,
  type PushSubscription,
  type PushSubscriptions,
  type SignedCall,
} from './push/index.js'
