/** Prompts per person and month. A month is 30 days since the first event; months without a sign-in do not count. */
export interface PersonMonths {
  add(userId: string, at: number, prompts: boolean): void
  /** Null before the first sign-in. */
  summary(): MonthSummary | null
}

export interface MonthSummary {
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

interface OpenMonth {
  month: number
  prompts: number
}

const MONTH_MS = 30 * 86_400_000

export function personMonths(): PersonMonths {
  const open = new Map<string, OpenMonth>()
  /** How many person-months had 0, 1, 2 … prompts. */
  const closed: number[] = []
  let startedAt: number | null = null

  return {
    add: (userId, at, prompts) => {
      startedAt ??= at
      const month = Math.floor((at - startedAt) / MONTH_MS)
      const current = open.get(userId)
      if (current?.month === month) {
        current.prompts += Number(prompts)
        return
      }
      if (current) countIn(closed, current.prompts)
      open.set(userId, { month, prompts: Number(prompts) })
    },
    summary: () => {
      const counts = [...closed]
      for (const { prompts } of open.values()) countIn(counts, prompts)
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
