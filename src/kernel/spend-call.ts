import type { AuditContext } from './request-context.js'

/** Spends one call of a budget, and throws the refusal when the budget is exhausted. */
export type SpendCall = (context: AuditContext) => Promise<void>

/** The budgets of an address for links: requested ones, and invalid ones. */
export interface LinkCalls {
  /** Counts an invalid link; throws the refusal when there were too many. */
  readonly countWrong: SpendCall
  /** Gives back the request of a link that was followed: its mail was wanted. */
  readonly giveBack: (context: AuditContext, requestedAt: Date) => Promise<void>
}
