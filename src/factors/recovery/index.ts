export { recoveryFactor, type RecoverySettings } from './recovery-factor.js'
