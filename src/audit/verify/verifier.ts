import type { VerifyLogInput, VerifyLogOutcome } from './verify-log.js'

/** Checks the log, one check at a time. */
export interface AuditVerifier {
  verify(input: VerifyLogInput, progress?: (checked: number, total: number) => void): Promise<VerifyLogOutcome>
}
