import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

/** ln(o·r) for prior odds o of 1 attack in 10,000 sign-ins and a missed attack that costs as much as 95,000 prompts. */
const NATS = 2.25

/**
 * Where the score starts: how rare attacks are, and how much worse it is to miss one than to prompt once too often.
 * Chosen on the benchmark, so that the threshold 0 stops 98 of 100 of the best informed attackers; see
 * docs/decisions/0039.
 */
export const priorOdds: Adjustment = ({ inSession }) => (inSession ? [] : [contribution({ code: 'PRIOR_ODDS' }, NATS)])
