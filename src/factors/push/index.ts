export type { PushDelivery, PushSubscription, PushSubscriptions, WakeUp } from './ports.js'
export { pushFactor, type PushFactorDeps, type PushSettings } from './push-factor.js'
export { readMaterial, sealSubscription, type PushMaterial } from './push-material.js'
export { askerOf, isRightNumber, stateOf, type Asker, type PushState } from './push-question.js'
export {
  isSignedBy,
  parseDeviceName,
  readPublicKey,
  writeDeviceName,
  type DeviceName,
  type SignedCall,
} from './push-signature.js'
