import fc from 'fast-check'
import { secondsAfter } from '../../src/kernel/clock.js'
import {
  DEFAULT_STEP_UP_RULE as rule,
  giveBackStepUpAttempt,
  newStepUpBudget,
  spendStepUpAttempt,
  stepUpLockedUntil,
  type SpentAttempt,
  type StepUpBudget,
  type StepUpBudgetUpdate,
} from '../../src/limits/index.js'

const noon = new Date('2026-03-01T12:00:00Z')
const at = (seconds: number) => secondsAfter(noon, seconds)

/** One document with the budget in it, changed only by conditional updates, as a store does it. */
function document(initial: StepUpBudget = newStepUpBudget()) {
  let budget = initial
  const same = (a: unknown, b: unknown) =>
    a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b
  return {
    read: () => budget,
    apply({ guard, change }: StepUpBudgetUpdate): boolean {
      const holds = Object.entries(guard).every(([path, wanted]) => {
        const value = budget[path as keyof StepUpBudget]
        if (wanted === null || wanted instanceof Date || typeof wanted === 'number') return same(value, wanted)
        return typeof value === 'number' && value < wanted.$lt
      })
      if (!holds) return false
      budget = { ...budget, ...change.$set, failures: budget.failures + (change.$inc?.['failures'] ?? 0) }
      if (change.$set?.['failures'] !== undefined) budget = { ...budget, failures: Number(change.$set['failures']) }
      return true
    },
  }
}
type Document = ReturnType<typeof document>

function spend(person: Document, now: Date): SpentAttempt | Date {
  for (let turn = 0; turn < 20; turn += 1) {
    const outcome = spendStepUpAttempt(person.read(), rule, now)
    if (outcome.kind === 'locked') return outcome.until
    if (person.apply(outcome.update)) return outcome.attempt
  }
  throw new Error('never got a turn')
}

const failTimes = (person: Document, count: number, now: Date) => {
  for (let failure = 0; failure < count; failure += 1) spend(person, now)
}

describe('the step-up budget of an account', () => {
  it('begins a new window after a lock that is shorter than the window', () => {
    const short = { count: 2, withinSeconds: 900, lockSeconds: 60 }
    const locked = { windowStartedAt: noon, failures: 2, lockedUntil: at(60) }
    expect(spendStepUpAttempt(locked, short, at(59)).kind).toBe('locked')
    expect(spendStepUpAttempt(locked, short, at(61))).toMatchObject({
      kind: 'spend',
      after: { windowStartedAt: at(61), failures: 1, lockedUntil: null },
      locksUntil: null,
    })
  })

  it('locks for 15 minutes with the tenth failure', () => {
    const person = document()
    failTimes(person, 9, noon)
    expect(stepUpLockedUntil(person.read(), rule, noon)).toBeNull()
    const last = spendStepUpAttempt(person.read(), rule, at(60))
    expect(last).toMatchObject({ kind: 'spend', locksUntil: at(960) })
    spend(person, at(60))
    expect(spend(person, at(61))).toEqual(at(960))
    expect(stepUpLockedUntil(person.read(), rule, at(959))).toEqual(at(960))
    expect(stepUpLockedUntil(person.read(), rule, at(960))).toBeNull()
  })

  it('begins a new window after the lock', () => {
    const person = document()
    failTimes(person, 10, noon)
    spend(person, at(900))
    expect(person.read()).toEqual({ windowStartedAt: at(900), failures: 1, lockedUntil: null })
  })

  it('forgets failures when their window ends', () => {
    const person = document()
    failTimes(person, 9, noon)
    spend(person, at(900))
    expect(person.read().failures).toBe(1)
  })

  it('gives back the attempt of a right answer, and keeps the wrong ones before it', () => {
    const person = document()
    failTimes(person, 5, noon)
    const attempt = spend(person, noon) as SpentAttempt
    expect(person.apply(giveBackStepUpAttempt(person.read(), attempt))).toBe(true)
    expect(person.read().failures).toBe(5)
  })

  it('opens the lock that only the right answer itself had set', () => {
    const person = document()
    failTimes(person, 9, noon)
    const attempt = spend(person, noon) as SpentAttempt
    expect(stepUpLockedUntil(person.read(), rule, noon)).toEqual(at(900))
    person.apply(giveBackStepUpAttempt(person.read(), attempt))
    expect(person.read()).toEqual({ windowStartedAt: noon, failures: 9, lockedUntil: null })
  })

  it('gives nothing back in another window', () => {
    const person = document()
    const attempt = spend(person, noon) as SpentAttempt
    spend(person, at(900))
    person.apply(giveBackStepUpAttempt(person.read(), attempt))
    expect(person.read().failures).toBe(1)
  })

  it('never sets a lock in two updates: of two last attempts one must read again', () => {
    const person = document()
    failTimes(person, 9, noon)
    const [one, two] = [spendStepUpAttempt(person.read(), rule, noon), spendStepUpAttempt(person.read(), rule, noon)]
    if (one.kind !== 'spend' || two.kind !== 'spend') throw new Error('locked too early')
    expect([person.apply(one.update), person.apply(two.update)]).toEqual([true, false])
  })

  it('does not lock for an answer that is no longer the last, because another one was given back meanwhile', () => {
    const person = document()
    failTimes(person, 8, noon)
    const right = spend(person, noon) as SpentAttempt
    const last = spendStepUpAttempt(person.read(), rule, noon)
    person.apply(giveBackStepUpAttempt(person.read(), right))
    expect(last.kind === 'spend' && person.apply(last.update)).toBe(false)
    expect(person.read()).toEqual({ windowStartedAt: noon, failures: 8, lockedUntil: null })
  })

  it('does not lift a lock set meanwhile by a slower clock', () => {
    const person = document()
    failTimes(person, 9, noon)
    const ahead = spendStepUpAttempt(person.read(), rule, at(900))
    spend(person, at(899))
    expect(ahead.kind === 'spend' && person.apply(ahead.update)).toBe(false)
    expect(stepUpLockedUntil(person.read(), rule, at(900))).toEqual(at(1799))
  })

  it('stays locked until the window ends when the rule became stricter', () => {
    const budget = { windowStartedAt: noon, failures: 5, lockedUntil: null }
    expect(spendStepUpAttempt(budget, { ...rule, count: 3 }, at(1))).toEqual({ kind: 'locked', until: at(900) })
  })

  it('judges at most ten wrong answers per window under any interleaving', () => {
    const step = fc.record({
      actor: fc.nat({ max: 5 }),
      seconds: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat({ max: 400 })),
      // Clocks of processes differ.
      skew: fc.integer({ min: -2, max: 2 }),
      right: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const person = document()
        let now = 0
        type Actor = { seen: StepUpBudget | null; attempt: SpentAttempt | null; giveBack: StepUpBudget | null }
        const actors: Actor[] = Array.from({ length: 6 }, () => ({ seen: null, attempt: null, giveBack: null }))
        const wrongAnswers = new Map<number, number>()
        for (const { actor: place, seconds, skew, right } of steps) {
          now += seconds
          const actor = actors[place]
          if (!actor) continue
          if (actor.attempt && actor.giveBack) {
            if (person.apply(giveBackStepUpAttempt(actor.giveBack, actor.attempt)))
              actor.attempt = actor.giveBack = null
            else actor.giveBack = person.read()
          } else if (actor.attempt && right) {
            actor.giveBack = person.read()
          } else if (actor.attempt) {
            const window = actor.attempt.windowStartedAt.getTime()
            wrongAnswers.set(window, (wrongAnswers.get(window) ?? 0) + 1)
            actor.attempt = null
          } else if (actor.seen) {
            const outcome = spendStepUpAttempt(actor.seen, rule, at(now + skew))
            if (outcome.kind === 'spend' && person.apply(outcome.update)) actor.attempt = outcome.attempt
            actor.seen = null
          } else {
            actor.seen = person.read()
          }
          const { failures, windowStartedAt, lockedUntil } = person.read()
          const outstanding = actors.filter(
            ({ attempt }) => attempt?.windowStartedAt.getTime() === windowStartedAt.getTime(),
          ).length
          const judgedWrong = wrongAnswers.get(windowStartedAt.getTime()) ?? 0
          // The count is exactly the wrong answers and those under way; the lock is set exactly when it is full.
          expect(failures).toBe(judgedWrong + outstanding)
          expect(lockedUntil !== null).toBe(failures === rule.count)
        }
        for (const count of wrongAnswers.values()) expect(count).toBeLessThanOrEqual(rule.count)
        const windows = [...wrongAnswers.keys()].sort((a, b) => a - b)
        windows.forEach((start, place) => {
          const next = windows[place + 1]
          if (next !== undefined) expect(next - start).toBeGreaterThanOrEqual(rule.withinSeconds * 1000)
        })
      }),
      { numRuns: 500 },
    )
  })
})
