import type { Policy } from '../policies/policy.js'
import { stepgate } from '../policies/stepgate.js'
import { shareName } from '../report/format.js'
import type { Databases } from '../stepgate/databases.js'
import { INSTALLED } from '../stepgate/judge-events.js'

/** The installed one is among them. */
const BUDGETS = [0.03, 0.05, 0.06, 0.07, 0.08, 0.1]

/** Ours with other prompt budgets, in the order of the tables. */
export const allBudgets = (databases: Databases): readonly (() => Policy)[] =>
  BUDGETS.map((promptBudget) => stepgate(databases, shareName(promptBudget), { ...INSTALLED, promptBudget }))
