import { createPromptBudget } from '../../src/risk/index.js'
import { NOW } from './facts.js'

const HOUR = 3_600_000
const START = NOW.getTime()
const thresholds = { low: 0, medium: 4, high: 8 }

describe('the prompt budget', () => {
  const budgetOf = (share: number | null) => createPromptBudget({ thresholds, share })
  /** Scores, evenly from -5 to 5: so many that the configured threshold weighs nearly nothing. */
  const evenly = (budget: ReturnType<typeof budgetOf>, at = START, count = 50_000) => {
    for (let n = 0; n < count; n += 1) budget.proved(-5 + (10 * n) / count, at)
  }

  it('moves the threshold to where so many are asked', () => {
    const budget = budgetOf(0.5)
    evenly(budget)
    expect(budget.thresholds(START + HOUR).low).toBeCloseTo(0, 1)
    const strict = budgetOf(0.4)
    evenly(strict)
    expect(strict.thresholds(START + HOUR).low).toBeCloseTo(1, 1)
  })

  it('moves it by no more than 1 down and 2 up', () => {
    const generous = budgetOf(0.9)
    evenly(generous)
    expect(generous.thresholds(START + HOUR).low).toBeCloseTo(-1, 1)
    expect(generous.thresholds(START + HOUR).low).toBeGreaterThanOrEqual(-1)
    const strict = budgetOf(0.01)
    evenly(strict)
    expect(strict.thresholds(START + HOUR).low).toBeCloseTo(2, 1)
    expect(strict.thresholds(START + HOUR)).toMatchObject({ medium: 4, high: 8 })
  })

  it('stays where it is without a budget, and before the first sign-in', () => {
    const none = budgetOf(null)
    evenly(none)
    expect(none.thresholds(START + HOUR)).toEqual(thresholds)
    expect(budgetOf(0.01).thresholds(START + HOUR)).toEqual(thresholds)
  })

  it('moves it the further the more sign-ins there are', () => {
    const lows = [10, 100, 500, 5_000].map((count) => {
      const budget = budgetOf(0.01)
      evenly(budget, START, count)
      return budget.thresholds(START + HOUR).low
    })
    expect(lows).toEqual(lows.toSorted((a, b) => a - b))
    expect(lows[0]).toBeLessThan(0.05)
    // As many scores as the configured threshold weighs: half of the way to 2.
    expect(lows[2]).toBeCloseTo(1, 5)
  })

  it('counts prompts of hard rules, so that fewer are left for scores', () => {
    const lowWith = (ruled: number) => {
      const budget = budgetOf(0.5)
      evenly(budget)
      for (let n = 0; n < ruled; n += 1) budget.ruled(START)
      return budget.thresholds(START + HOUR).low
    }
    // Half of 60,000 sign-ins may be prompted: 10,000 by rules, and 20,000 of 50,000 by score.
    expect(lowWith(10_000)).toBeCloseTo(1, 1)
    expect(lowWith(0)).toBeCloseTo(0, 1)
  })

  it('leaves half of the budget to scores, however many new accounts sign in', () => {
    const budget = budgetOf(0.4)
    evenly(budget)
    for (let n = 0; n < 50_000; n += 1) budget.ruled(START)
    // 40,000 of 100,000 may be prompted. The rules took more, and 20,000 of the 50,000 scores still are.
    expect(budget.thresholds(START + HOUR).low).toBeCloseTo(1, 1)
  })

  it('forgets what is older than a week', () => {
    const budget = budgetOf(0.01)
    evenly(budget)
    for (let n = 0; n < 50_000; n += 1) budget.ruled(START)
    expect(budget.thresholds(START + HOUR).low).toBeCloseTo(2, 1)
    for (let n = 0; n < 1_000; n += 1) budget.proved(-3, START + 200 * HOUR)
    // Two thirds of the way to -1, by a thousand scores and nothing else.
    expect(budget.thresholds(START + 201 * HOUR).low).toBeCloseTo(-2 / 3, 5)
  })

  it('is frozen while failures run at three times their usual number', () => {
    const budget = budgetOf(0.01)
    for (let hour = 0; hour < 100; hour += 1) {
      for (let n = 0; n < 12; n += 1) budget.failed(START + hour * HOUR)
      for (let n = 0; n < 12; n += 1) budget.proved(-3, START + hour * HOUR)
    }
    const quiet = budget.thresholds(START + 100 * HOUR).low
    expect(quiet).toBeLessThan(-0.5)
    for (let n = 0; n < 400; n += 1) budget.failed(START + 100 * HOUR)
    evenly(budget, START + 100 * HOUR)
    expect(budget.thresholds(START + 101 * HOUR).low).toBe(quiet)
    // Two hours later it is over.
    expect(budget.thresholds(START + 103 * HOUR).low).toBeGreaterThan(1)
  })
})
