import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'

/** Counts a right sign-in that was not by password, and throws the refusal when an account had too many of them from one address. */
export type CountSignIn = (accountId: AccountId, context: AuditContext) => Promise<void>
