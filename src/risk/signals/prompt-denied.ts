import { contribution } from '../contribution.js'
import type { Signal } from '../evidence.js'

const NATS = 2
const RECENT_MS = 24 * 3_600_000

/** Whoever got as far as a prompt that was denied knows the password, and will try again. */
export const promptDenied: Signal = ({ facts: { suspicionAt }, now }) => {
  // Also when the clock went back or the date cannot be read: it cannot be shown to be old.
  if (suspicionAt === null || now.getTime() - suspicionAt.getTime() >= RECENT_MS) return []
  return [contribution('PROMPT_DENIED', NATS, 'a prompt was denied or a report came less than 24 h ago')]
}
