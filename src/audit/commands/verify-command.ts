import { FIRST_STREAM } from '../audit-event.js'
import type { ChainBreak } from '../verify/chain-break.js'
import { placeName } from '../verify/chain-break.js'
import type { VerifyLogInput, VerifyLogOutcome } from '../verify/verify-log.js'
import type { AuditVerifier } from '../verify/verifier.js'
import type { VerifiedState } from './verified-state.js'

export interface VerifyCommandDeps {
  readonly verifier: AuditVerifier
  readonly print: (line: string) => void
  /** Where it says how far it has come, while it works. */
  readonly printProgress?: (line: string) => void
  /**
   * Remembers the last checkpoint that was verified, while the check works and at its end, so that the next check resumes
   * there.
   */
  readonly state?: VerifiedState | null
}

const PROGRESS_MS = 2_000

/** `stepgate audit verify`: checks the log, says what it found, and answers the exit status. */
export async function verifyAuditCommand(deps: VerifyCommandDeps, input: VerifyLogInput = {}): Promise<0 | 1> {
  const { print, state = null } = deps
  const known = (await state?.read()) ?? null
  const resumed = known ? { noted: known, after: known } : input
  const outcome = await deps.verifier.verify(resumed, {
    progress: progressTo(deps.printProgress),
    ...(state ? { note: (checkpoint) => state.write(checkpoint) } : {}),
  })
  if (outcome.kind === 'broken') {
    print(`The audit log is broken at ${whereOf(outcome.break)}: ${outcome.break.fault}, ${outcome.break.detail}.`)
    print(`${outcome.checked} events before it are as they were written.`)
    return 1
  }
  if (outcome.kind === 'unfinished') throw new Error('the check ended early, and it was not asked to')
  printIntact(print, outcome, resumed)
  if (outcome.checkpoint) await state?.write(outcome.checkpoint)
  return 0
}

function printIntact(
  print: VerifyCommandDeps['print'],
  { checked, erased, uncovered, checkpoint }: Extract<VerifyLogOutcome, { kind: 'intact' }>,
  { after }: VerifyLogInput,
): void {
  const since = after ? ` since checkpoint ${after.number}` : ''
  print(`The audit log is intact: ${checked} events checked${since}.`)
  if (erased > 0) print(`${erased} of them belong to erased accounts and say nothing personal.`)
  if (uncovered > 0) print(`${uncovered} of them are not in a checkpoint yet.`)
  // If it is noted elsewhere, it shows later that no events were removed at the end.
  if (checkpoint) print(`Checkpoint: ${checkpoint.number}:${checkpoint.hash}`)
}

function whereOf({ stream, sequence, eventId, checkpoint }: ChainBreak): string {
  const event = eventId === null ? '' : ` (${eventId})`
  if (sequence !== null) return `${placeName(stream ?? FIRST_STREAM, sequence)}${event}`
  if (checkpoint !== null) return `checkpoint ${checkpoint}`
  return stream === null ? 'an unknown place' : `stream ${JSON.stringify(stream)}${event}`
}

function progressTo(print: VerifyCommandDeps['printProgress']) {
  let saidAt = performance.now()
  return (checked: number, total: number): void => {
    if (!print || performance.now() - saidAt < PROGRESS_MS) return
    saidAt = performance.now()
    print(`${checked} of ${total} events checked`)
  }
}
