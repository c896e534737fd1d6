export {
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
export type { FactorNotices, FactorStore, RemoveFactor } from './ports.js'
export { regenerateRecoveryCodes, type RegenerateRecoveryCodesDeps } from './regenerate-recovery-codes.js'
export { removeFactor, type RemoveFactorDeps } from './remove-factor.js'
