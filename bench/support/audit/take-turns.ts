import { setTimeout as sleep } from 'node:timers/promises'

/** How a writer leaves room for writers of the same log in other processes. */
export interface Turns {
  /** To be awaited before a batch. Answers whether others had their turn, so that the head has to be read again. */
  myTurn(): Promise<{ readonly othersHadTheirs: boolean }>
  /** Notes a batch: how long its insert took, and how often others came first. */
  wrote(batch: { readonly insertMs: number; readonly metOthers: number }): void
}

// A writer that never overlaps with others may just be the fastest: it rests after this many batches without a gap.
const LONGEST_STREAK = 32
// Another writer has to read the head and to insert between two of our inserts. Three commands leave room for two.
const COMMANDS_PER_REST = 3
const LONGEST_COMMAND_MS = 100

/**
 * Rests after every batch for as long as others were met, longer the more of them; alone, next to never. Whoever
 * waits for a place does not rest, so the one who had a turn steps back for the one who had none. What comes in
 * meanwhile is written together, so resting costs time but no throughput.
 */
export function takeTurns(): Turns {
  let others = 0
  let streak = 0
  let commandMs = 0
  let wroteAt = -Infinity

  return {
    async myTurn() {
      const idleMs = performance.now() - wroteAt
      const restMs = COMMANDS_PER_REST * commandMs * Math.max(1, others)
      streak = idleMs > restMs ? 0 : streak + 1
      if (others === 0 && streak < LONGEST_STREAK) return { othersHadTheirs: false }
      streak = 0
      if (restMs > idleMs) await sleep(restMs - idleMs)
      return { othersHadTheirs: true }
    },
    wrote({ insertMs, metOthers }) {
      wroteAt = performance.now()
      commandMs = Math.min(insertMs, LONGEST_COMMAND_MS)
      const faded = (others + metOthers) / 2
      others = metOthers > others ? metOthers : faded < 0.5 ? 0 : faded
    },
  }
}
