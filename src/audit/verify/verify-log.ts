import { ERASURES, erasedAccount } from '../erasable-parts.js'
import type { CheckpointStore, StreamReader } from '../ports.js'
import { unverifiedStatement, type NotedCheckpoint } from '../checkpoints/checkpoint.js'
import { breakOfCheckpoint, placeName, type ChainBreak } from './chain-break.js'
import { fromTheBeginning, type FollowedSoFar } from './follow-checkpoint.js'
import { inLanes } from './in-lanes.js'
import { logParts } from './log-parts.js'
import { noteVerified } from './note-verified.js'
import { isBreak, startAt } from './start-at.js'
import { unexplained, type Loss } from './trace-erasures.js'
import type { LogPart, PartReport } from './verify-part.js'

export type VerifyLogOutcome =
  | {
      readonly kind: 'intact'
      /** How many events were checked: all of them, unless the check resumed. */
      readonly checked: number
      /** How many there are, with those that an earlier check verified. */
      readonly verified: number
      /** How many of them have lost personal parts, each with the erasure of its account on record. */
      readonly erased: number
      /** How many of them no checkpoint covers yet. */
      readonly uncovered: number
      /** The last checkpoint, to be noted elsewhere; null when there is none yet. */
      readonly checkpoint: NotedCheckpoint | null
    }
  /** Ended by `isOver`. Everything up to a checkpoint is as it was written: `verified` events of about `total`. */
  | {
      readonly kind: 'unfinished'
      readonly checked: number
      readonly erased: number
      readonly verified: number
      readonly total: number
      readonly upTo: NotedCheckpoint | null
    }
  /** `checked` events before the break are as they were written. */
  | { readonly kind: 'broken'; readonly checked: number; readonly break: ChainBreak }

export interface VerifyLogInput {
  /** A checkpoint noted earlier and kept elsewhere: only that shows that the end was cut off, or all of it rewritten. */
  readonly noted?: NotedCheckpoint | null
  /** Trusts everything up to this checkpoint and checks what came after. */
  readonly after?: NotedCheckpoint | null
}

export interface VerifyLogDeps {
  readonly events: Pick<StreamReader, 'size' | 'count' | 'unplaced' | 'nextStream' | 'find'>
  readonly checkpoints: Pick<CheckpointStore, 'newest' | 'find' | 'page' | 'newestOf'>
  /** Who checks a part, and how many at once. */
  readonly parts: { readonly atOnce: number; verify(part: LogPart): Promise<PartReport> }
  readonly progress?: (checked: number, total: number) => void
  /** Called now and then with the last checkpoint up to which all is verified, for a check that may be interrupted. */
  readonly note?: (checkpoint: NotedCheckpoint) => Promise<void>
  /** Asked after each part. When it says so, the check ends at the next checkpoint where another can resume. */
  readonly isOver?: () => boolean
}

const MOST_ERASURES = 1000

/** Checks the log, or what came after a noted checkpoint. Parts are checked beside each other; the first break counts. */
export async function verifyLog(deps: VerifyLogDeps, input: VerifyLogInput = {}): Promise<VerifyLogOutcome> {
  const { events, checkpoints } = deps
  const { noted = null, after = null } = input
  // Before: what is appended meanwhile can only make more events than this.
  const atLeast = await events.size()
  const start = after ? await startAt(checkpoints, after) : fromTheBeginning()
  if (isBreak(start)) return { kind: 'broken', checked: 0, break: start }
  const last = (await checkpoints.newest(start.number))?.number ?? 0
  const log = logParts(deps, { start, last, noted })
  const { reports, resumable, isLeft } = await verifyParts(deps, log.parts(), { verified: start.total, atLeast })
  const checked = reports.reduce((sum, report) => sum + report.checked, 0)
  const now = log.now()
  const broken = reports.find((report) => report.break)?.break ?? log.broken()
  const found =
    broken ??
    // The last checkpoint vouches for all of them, and the count is of all events.
    (isLeft ? null : breakOfSignatures(reports, start, now)) ??
    (isLeft ? null : await breakOfCount(deps, { atLeast, found: start.total + checked, isResumed: start.number > 0 }))
  if (found) return { kind: 'broken', checked, break: found }
  const loss = await unexplainedLoss(deps, reports, start.number === 0 && !isLeft)
  if (loss) return { kind: 'broken', checked: loss.checked, break: breakOfErasure(loss) }
  const erased = reports.reduce((sum, { erasures }) => sum + erasures.count, 0)
  if (isLeft) {
    const upTo = resumable ?? after
    const verified = upTo ? await coveredBy(checkpoints, upTo) : 0
    return { kind: 'unfinished', checked, erased, verified, total: Math.max(atLeast, verified), upTo }
  }
  return {
    kind: 'intact',
    checked,
    verified: start.total + checked,
    erased,
    uncovered: start.total + checked - now.total,
    checkpoint: now.number === 0 ? null : { number: now.number, hash: now.hash },
  }
}

/** How many events all checkpoints up to this one cover. */
async function coveredBy(checkpoints: VerifyLogDeps['checkpoints'], { number }: NotedCheckpoint): Promise<number> {
  const checkpoint = await checkpoints.find(number)
  return (checkpoint && unverifiedStatement(checkpoint.signed)?.events.total) ?? 0
}

interface VerifiedParts {
  readonly reports: readonly PartReport[]
  /** The last checkpoint up to which all is verified, if that was followed. */
  readonly resumable: NotedCheckpoint | null
  /** Whether there are parts that were not checked, because the check was over. */
  readonly isLeft: boolean
}

/** The reports in the order of the parts, up to the first one with a break. */
async function verifyParts(
  deps: VerifyLogDeps,
  given: AsyncIterable<LogPart>,
  { verified, atLeast }: { readonly verified: number; readonly atLeast: number },
): Promise<VerifiedParts> {
  const { parts, progress, isOver = () => false } = deps
  let resumable: NotedCheckpoint | null = null
  let [isLost, isLeft] = [false, true]
  const note = async (checkpoint: NotedCheckpoint): Promise<void> => {
    resumable = checkpoint
    await deps.note?.(checkpoint)
  }
  const isFollowed = deps.note !== undefined || deps.isOver !== undefined
  const isOnRecord = async (loss: Loss): Promise<boolean> => {
    const isErased = await isErasedOnRecord(deps.events, loss)
    isLost ||= !isErased
    return isErased
  }
  const noted = isFollowed ? noteVerified({ isOnRecord, note }) : null
  async function* toTheEnd(): AsyncGenerator<LogPart> {
    yield* given
    isLeft = false
  }
  let checked = verified
  let place = 0
  const verify = async (part: LogPart): Promise<PartReport> => {
    // Parts are taken one by one, in their order.
    const own = place++
    const report = await parts.verify(part)
    checked += report.checked
    progress?.(checked, Math.max(checked, atLeast))
    await noted?.(own, part, report)
    return report
  }
  const isEnough = (report: PartReport): boolean =>
    report.break !== null || ((isLost || resumable !== null) && isOver())
  const reports = await inLanes(parts.atOnce, toTheEnd(), verify, isEnough)
  const broken = reports.findIndex((report) => report.break !== null)
  return { reports: broken === -1 ? reports : reports.slice(0, broken + 1), resumable, isLeft }
}

/** A checkpoint that is signed vouches for all before it, also where their key is gone. The last one has to be. */
function breakOfSignatures(
  reports: readonly PartReport[],
  start: FollowedSoFar,
  now: FollowedSoFar,
): ChainBreak | null {
  const signed = Math.max(start.number, ...reports.map((report) => report.signed))
  if (signed === now.number) return null
  const detail = `no key of this installation signed checkpoint ${signed + 1} or one after it`
  return breakOfCheckpoint('FORGED', signed + 1, detail)
}

async function breakOfCount(
  { events }: VerifyLogDeps,
  { atLeast, found, isResumed }: { readonly atLeast: number; readonly found: number; readonly isResumed: boolean },
): Promise<ChainBreak | null> {
  const nowhere = { checkpoint: null, stream: null, sequence: null, eventId: null }
  // The store's own count may be off, so a mismatch is counted exactly before it is called a break.
  const unplaced = found < atLeast ? await events.unplaced() : 0
  if (unplaced > 0) {
    return { fault: 'INSERTED', ...nowhere, detail: `${unplaced} stored events have no place in any stream` }
  }
  // Where everything was read, what is missing was missed.
  const isShort = isResumed && (await events.size()) < found
  const missing = isShort ? found - (await events.count()) : 0
  if (missing <= 0) return null
  return { fault: 'DELETED', ...nowhere, detail: `${missing} events that were verified before are missing` }
}

/** The first loss for which no erasure is on record, and how many events were checked before it. */
async function unexplainedLoss(
  { events }: VerifyLogDeps,
  reports: readonly PartReport[],
  isWhole: boolean,
): Promise<(Loss & { readonly checked: number }) | null> {
  const isUnexplained = unexplained(reports.map(({ erasures }) => erasures))
  let checked = 0
  for (const report of reports) {
    for (const loss of report.erasures.losses.filter(isUnexplained)) {
      // The erasure may lie in what was verified before, or will be later.
      if (!isWhole && (await isErasedOnRecord(events, loss))) continue
      return { ...loss, checked: checked + loss.position }
    }
    checked += report.checked
  }
  return null
}

async function isErasedOnRecord(events: VerifyLogDeps['events'], { accounts }: Loss): Promise<boolean> {
  for (const accountId of accounts) {
    const filter = { accountId, actions: ERASURES }
    // The filter also finds what the account did to others.
    const found = await events.find({ filter, order: 'NEWEST_FIRST', limit: MOST_ERASURES })
    if (found.some((event) => erasedAccount(event) === accountId)) return true
  }
  return false
}

function breakOfErasure({ stream, sequence, eventId }: Loss): ChainBreak {
  const name = placeName(stream, sequence)
  const detail = `personal parts of ${name} are gone, and no erasure of its account is on record`
  return { fault: 'EDITED', checkpoint: null, stream, sequence, eventId, detail }
}
