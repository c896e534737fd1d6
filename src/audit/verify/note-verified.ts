import { hashOfCheckpoint, type NotedCheckpoint } from '../checkpoints/checkpoint.js'
import type { Loss } from './trace-erasures.js'
import { unexplained } from './trace-erasures.js'
import type { LogPart, PartReport } from './verify-part.js'

export interface NoteVerifiedDeps {
  /** Whether an erasure that was verified before explains a loss. */
  readonly isOnRecord: (loss: Loss) => Promise<boolean>
  readonly note: (checkpoint: NotedCheckpoint) => Promise<void>
}

/**
 * Follows the parts of a check as they are done and notes the last checkpoint up to which everything is verified, so that
 * a check that is interrupted can resume there.
 */
export function noteVerified({ isOnRecord, note }: NoteVerifiedDeps) {
  const done = new Map<number, { readonly part: LogPart; readonly report: PartReport }>()
  const reports: PartReport[] = []
  let turn: Promise<void> = Promise.resolve()

  const advance = async (): Promise<void> => {
    let last: NotedCheckpoint | null = null
    for (let next = done.get(reports.length); next; next = done.get(reports.length)) {
      done.delete(reports.length)
      reports.push(next.report)
      last = lastOf(next.part, next.report)
    }
    if (last === null || reports.some((report) => report.break !== null)) return
    const losses = reports.flatMap(({ erasures }) => erasures.losses)
    for (const loss of losses.filter(unexplained(reports.map(({ erasures }) => erasures)))) {
      // The erasure may come in a later part. Then a later checkpoint is noted.
      if (!(await isOnRecord(loss))) return
    }
    await note(last)
  }
  return (place: number, part: LogPart, report: PartReport): Promise<void> => {
    done.set(place, { part, report })
    return (turn = turn.then(advance))
  }
}

/** The last checkpoint of a part, if its own signature is good: only that vouches for what came before. */
function lastOf(part: LogPart, { signed }: PartReport): NotedCheckpoint | null {
  const last = part.kind === 'covered' ? part.checkpoints.at(-1) : undefined
  return last?.statement.number === signed ? { number: signed, hash: hashOfCheckpoint(last.signed) } : null
}
