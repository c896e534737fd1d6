/** Prompts per person and month. A month is 30 days since the first event; months without a sign-in do not count. */
export interface PersonMonths {
  /** People are numbered from 0: looking millions of names up takes longer than most policies do. */
  add(person: number, at: number, prompts: boolean): void
  /** Null before the first sign-in. */
  summary(): MonthSummary | null
}

export interface MonthSummary {
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const MONTH_MS = 30 * 86_400_000
/** Where a person has not signed in yet. */
const NEVER = -1

export function personMonths(): PersonMonths {
  /** The month each person is in, and the prompts in it so far. */
  const months: number[] = []
  const open: number[] = []
  /** How many person-months had 0, 1, 2 … prompts. */
  const closed: number[] = []
  let startedAt: number | null = null

  return {
    add: (person, at, prompts) => {
      startedAt ??= at
      const month = Math.floor((at - startedAt) / MONTH_MS)
      while (months.length <= person) {
        months.push(NEVER)
        open.push(0)
      }
      const before = open[person] ?? 0
      if (months[person] === month) {
        open[person] = before + Number(prompts)
        return
      }
      if (months[person] !== NEVER) countIn(closed, before)
      months[person] = month
      open[person] = Number(prompts)
    },
    summary: () => {
      const counts = [...closed]
      open.forEach((prompts, person) => {
        if (months[person] !== NEVER) countIn(counts, prompts)
      })
      return summaryOf(counts)
    },
  }
}

function countIn(counts: number[], prompts: number): void {
  while (counts.length <= prompts) counts.push(0)
  counts[prompts] = (counts[prompts] ?? 0) + 1
}

function summaryOf(counts: readonly number[]): MonthSummary | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const mean = counts.reduce((sum, count, prompts) => sum + count * prompts, 0) / total
  const quantile = (share: number): number => quantileOf(counts, share * total)
  return { mean, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) }
}

/** The fewest prompts that so many person-months stay within. */
function quantileOf(counts: readonly number[], wanted: number): number {
  let within = 0
  const found = counts.findIndex((count) => (within += count) >= wanted)
  return found === -1 ? counts.length - 1 : found
}
