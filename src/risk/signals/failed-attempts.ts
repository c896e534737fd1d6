import { contribution } from '../contribution.js'
import type { Signal } from '../evidence.js'

const NATS_EACH = 0.5
const MOST_NATS = 2

/** Wrong passwords for this account shortly before. They say nothing about a session that is already open. */
export const failedAttempts: Signal = ({ facts, inSession }) => {
  const failures = countOf(facts.failedAttempts)
  if (inSession || failures === 0) return []
  const nats = Math.min(MOST_NATS, failures * NATS_EACH)
  return [contribution('FAILED_ATTEMPTS', nats, `${failures} failed first factors`)]
}

/** A count that is not a number is taken to be the worst. */
export function countOf(failures: number): number {
  if (Number.isNaN(failures)) return Number.MAX_SAFE_INTEGER
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(failures)))
}
