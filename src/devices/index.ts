export {
  isVoid,
  spokenFor,
  type Device,
  type DeviceCredential,
  type Devices,
  type DeviceSettings,
  type DeviceTokenState,
  type RecognizedDevice,
} from './device.js'
export { checkKey, demandKey, keyToBind, type DeviceKeyProof, type DeviceKeyVerdict } from './demand-key.js'
export { raiseCloneAlarm, type CloneAlarm, type CloneAlarmDeps } from './clone-alarm.js'
export type { DeviceStore, SpentChallenges } from './ports.js'
export {
  hashFingerprint,
  shortFingerprint,
  type Fingerprint,
  type FingerprintAttribute,
  type HashedFingerprint,
} from './fingerprint.js'
export type { ForgetDeviceDeps } from './forget-device.js'
export { recognizeDevice, withUsedUpSecrets } from './recognize-device.js'
export { deviceChangeOf, type DeviceChange } from './device-change.js'
export { recordDevice, type RecordedDevice } from './record-device.js'
export { createDeviceProofs, type DeviceProofs } from './device-proofs.js'
