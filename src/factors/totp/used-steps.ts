import type { TotpMaterial } from './totp-material.js'

/** How many used time steps a factor remembers. */
const REMEMBERED = 20
/** A stored step this much later than now was not stored by a clock like this one. */
const PLAUSIBLE_SECONDS = 120
/** The same for long steps: a phone that is ahead uses steps of up to three later, see drift.ts. */
const PLAUSIBLE_STEPS = 4

type Used = Pick<TotpMaterial, 'lastTimeStep' | 'usedTimeSteps' | 'periodSeconds'>

/**
 * Whether a code of this time step was used, or counts as used (RFC 6238 section 5.2). Usually a code counts only if it
 * is later than the last one. When the last one lies in the future, the clock was ahead when it was used, or went back
 * since: then only the remembered steps decide. So no code is ever accepted twice, and nobody is locked out until the
 * clock has caught up (R175).
 */
export function isUsed(used: Used, step: number, now: Date): boolean {
  const { floor, steps } = remembered(used)
  if (step <= floor || steps.includes(step)) return true
  return step <= used.lastTimeStep && !isFromTheFuture(used, now)
}

/** The used steps with one more, as they are stored. */
export function withUsed(used: Used, step: number): string {
  const { floor, steps } = remembered(used)
  const all = [...steps, step].sort((a, b) => a - b)
  const kept = all.slice(-REMEMBERED)
  const forgotten = all.at(-REMEMBERED - 1) ?? floor
  return written([Math.max(floor, forgotten), ...kept])
}

/** The first step, and how much later each of the others is than the one before. */
const written = (steps: readonly number[]): string =>
  steps.map((step, place) => `${step - (place === 0 ? 0 : (steps[place - 1] ?? 0))}`).join('+')

/** Older versions stored every step in full, with blanks between them. */
function read(text: string): readonly number[] {
  if (!text.includes('+')) return text.split(' ').map(Number)
  let last = 0
  return text.split('+').map((later) => (last += Number(later)))
}

/**
 * The latest used steps, and the floor: every step up to it counts as used. A factor from before they were remembered, or
 * last used by a process that does not, knows only the last one.
 */
function remembered({ usedTimeSteps, lastTimeStep }: Used) {
  const numbers = read(usedTimeSteps ?? '')
  const isKnown = numbers.every(Number.isSafeInteger) && numbers.includes(lastTimeStep)
  const [floor = lastTimeStep, ...steps] = isKnown ? numbers : [lastTimeStep]
  return { floor, steps }
}

const isFromTheFuture = ({ lastTimeStep, periodSeconds }: Used, now: Date): boolean =>
  lastTimeStep * periodSeconds > now.getTime() / 1000 + Math.max(PLAUSIBLE_SECONDS, PLAUSIBLE_STEPS * periodSeconds)
