import type { VerifyLogDeps, VerifyLogInput, VerifyLogOutcome } from './verify-log.js'

export type Watch = Pick<VerifyLogDeps, 'progress' | 'note' | 'isOver'>

/** Checks the log, one check at a time. */
export interface AuditVerifier {
  verify(input: VerifyLogInput, watch?: Watch): Promise<VerifyLogOutcome>
}
