import { binOf, HOUR_MS, isBin, WEEK_HOURS, type MergedPromptBudget, type PromptBudget } from '../prompt-budget.js'
import { createTallies, type Tallies, type TalliesDeps } from './tallies.js'

/** As many as there are bins, the prompts of hard rules, and the failures. */
const MOST_KEYS_A_TALLY = 1_000
const FAILURES = 'failures'
const RULED = 'ruled'

/** A prompt budget that all processes of an installation keep together. */
export function sharePromptBudget(deps: TalliesDeps, budget: MergedPromptBudget) {
  const tallies: Tallies = createTallies(deps, {
    kind: 'promptBudget',
    periodMs: HOUR_MS,
    keptPeriods: WEEK_HOURS - 1,
    mostKeys: MOST_KEYS_A_TALLY,
    take: ({ period, key, count }) => {
      if (key === FAILURES) budget.merge(period, 'failure', count)
      else if (key === RULED) budget.merge(period, 'ruled', count)
      else if (isBin(Number(key.slice(1)))) budget.merge(period, Number(key.slice(1)), count)
    },
  })
  const shared: PromptBudget = {
    share: budget.share,
    thresholds: (at) => budget.thresholds(at),
    proved: (score, at) => {
      budget.proved(score, at)
      tallies.count(`b${binOf(score)}`, 0, at)
    },
    ruled: (at) => {
      budget.ruled(at)
      tallies.count(RULED, 0, at)
    },
    failed: (at) => {
      budget.failed(at)
      tallies.count(FAILURES, 0, at)
    },
  }
  return { promptBudget: shared, tallies }
}
