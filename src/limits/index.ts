export { addressKey, UNKNOWN_ADDRESS } from './address-key.js'
export {
  createBudgets,
  DEFAULT_RATES,
  partOf,
  type Budget,
  type BudgetName,
  type Budgets,
  type Rate,
} from './budgets.js'
export { createCallBudgets, type CallBudgets, type SpendAccountCall } from './call-budgets.js'
export { countChanges } from './count-changes.js'
export { limitReached } from './limit-reached.js'
export { createPasswordGuesses } from './password-guesses.js'
export { countersNaming, type PersonNames } from './counters-naming.js'
export type { LimitsStore } from './ports.js'
export {
  createSignInBudget,
  type AttemptFacts,
  type Judged,
  type SignInBudget,
  type SignInBudgetDeps,
  type SignInBudgetOutcome,
  NO_FAILURES,
} from './sign-in-budget.js'
export type { SignInCaller } from './sign-in-counters.js'
export { budgetAt, sharedNetworks } from './shared-networks.js'
export { mailboxOf, mailSpendings, type MailStanding } from './mail-budgets.js'
export { giveBack } from './give-back.js'
export { LANES, type Lane } from './turns/lanes.js'
export { reportFullLane } from './turns/report-full-lane.js'
export { createTurns, type ClosableTurns, type TurnSettings } from './turns/turns.js'
export { countSuccesses } from './success-count.js'
export { spend, type LimitsDeps, type SpendOutcome } from './spend.js'
export { spendAll, type SpendAllOutcome, type Spending } from './spend-all.js'
export {
  DEFAULT_STEP_UP_RULE,
  giveBackStepUpAttempt,
  newStepUpBudget,
  spendStepUpAttempt,
  stepUpLockedUntil,
  type SpendAttemptOutcome,
  type SpentAttempt,
  type StepUpBudget,
  type StepUpBudgetUpdate,
  type StepUpRule,
} from './step-up-budget.js'
