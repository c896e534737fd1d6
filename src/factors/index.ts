export {
  codesLeft,
  summarize,
  type Answer,
  type EnrollmentReveal,
  type Factor,
  type FactorKind,
  type FactorKinds,
  type Judgement,
  type Material,
  type MaterialAdvance,
} from './factor.js'
export { newFactor } from './new-factor.js'
export type { FactorRemoval, FactorStore, RemoveFactor } from './ports.js'
export { drawQrCode, type QrCode } from './qr-code.js'
export { regenerateRecoveryCodes, type RegenerateRecoveryCodesDeps } from './regenerate-recovery-codes.js'
export { type RemoveFactorDeps } from './remove-factor.js'
