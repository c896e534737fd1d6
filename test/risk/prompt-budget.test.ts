import { createPromptBudget } from '../../src/risk/index.js'
import { NOW } from './facts.js'

const HOUR = 3_600_000
const START = NOW.getTime()
const thresholds = { low: 0, medium: 4, high: 8 }

describe('the prompt budget', () => {
  const budgetOf = (share: number | null) => createPromptBudget({ thresholds, share })
  /** A thousand scores, evenly from -5 to 5. */
  const evenly = (budget: ReturnType<typeof budgetOf>, at = START) => {
    for (let n = 0; n < 1000; n += 1) budget.proved(-5 + n / 100, at)
  }

  it('moves the threshold to where so many are asked', () => {
    const budget = budgetOf(0.5)
    evenly(budget)
    expect(budget.thresholds(START + HOUR).low).toBeCloseTo(0, 0)
    const strict = budgetOf(0.4)
    evenly(strict)
    expect(strict.thresholds(START + HOUR).low).toBeCloseTo(1, 1)
  })

  it('moves it by no more than 1 down and 2 up', () => {
    const generous = budgetOf(0.9)
    evenly(generous)
    expect(generous.thresholds(START + HOUR)).toEqual({ low: -1, medium: 4, high: 8 })
    const strict = budgetOf(0.01)
    evenly(strict)
    expect(strict.thresholds(START + HOUR)).toEqual({ low: 2, medium: 4, high: 8 })
  })

  it('stays where it is without a budget, and while there are few scores', () => {
    const none = budgetOf(null)
    evenly(none)
    expect(none.thresholds(START + HOUR)).toEqual(thresholds)
    const fresh = budgetOf(0.01)
    for (let n = 0; n < 499; n += 1) fresh.proved(5, START)
    expect(fresh.thresholds(START + HOUR)).toEqual(thresholds)
  })

  it('forgets what is older than a week', () => {
    const budget = budgetOf(0.01)
    evenly(budget)
    expect(budget.thresholds(START + HOUR).low).toBe(2)
    for (let n = 0; n < 1000; n += 1) budget.proved(-3, START + 200 * HOUR)
    expect(budget.thresholds(START + 201 * HOUR).low).toBe(-1)
  })

  it('is frozen while failures run at three times their usual number', () => {
    const budget = budgetOf(0.01)
    for (let hour = 0; hour < 100; hour += 1) {
      for (let n = 0; n < 12; n += 1) budget.failed(START + hour * HOUR)
      for (let n = 0; n < 12; n += 1) budget.proved(-3, START + hour * HOUR)
    }
    expect(budget.thresholds(START + 100 * HOUR).low).toBe(-1)
    for (let n = 0; n < 400; n += 1) budget.failed(START + 100 * HOUR)
    evenly(budget, START + 100 * HOUR)
    expect(budget.thresholds(START + 101 * HOUR).low).toBe(-1)
    // Two hours later it is over.
    expect(budget.thresholds(START + 103 * HOUR).low).toBe(2)
  })
})
