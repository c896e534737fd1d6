import type { AuditContext } from './request-context.js'

/** Spends one call of a budget, and throws the refusal when the budget is exhausted. */
export type SpendCall = (context: AuditContext) => Promise<void>
