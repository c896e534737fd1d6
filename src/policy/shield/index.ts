export { applyLocks } from './apply-locks.js'
