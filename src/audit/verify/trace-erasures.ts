import type { AuditEvent } from '../audit-event.js'
import { accountsIn, erasableParts, erasedAccount } from '../erasable-parts.js'
import { stateOfParts } from '../personal-parts.js'

/** An event that has lost something, and the accounts one of which must have been erased for it. */
export interface Loss {
  readonly accounts: readonly string[]
  readonly stream: string
  readonly sequence: number
  readonly eventId: string
  /** How many events of the part were followed before it. */
  readonly position: number
}

/** What was erased in a part of the log. */
export interface ErasureReport {
  /** How many events have lost something. */
  readonly count: number
  /** Accounts whose erasure is on record. */
  readonly erasedAccounts: readonly string[]
  /** The first event that lost something, for each set of accounts. */
  readonly losses: readonly Loss[]
}

/** Follows events and keeps account of what was erased, and by what right. */
export interface ErasureTrace {
  /** `altered`: a personal part of the event is neither what was written nor erased as a whole. */
  follow(event: AuditEvent): 'sound' | 'altered'
  report(): ErasureReport
}

const PARTS = ['origin', 'details'] as const

export function traceErasures(): ErasureTrace {
  const erasedAccounts = new Set<string>()
  const firstOf = new Map<string, Loss>()
  let count = 0
  let followed = 0
  return {
    follow: (event) => {
      const states = stateOfParts(event)
      if (PARTS.some((part) => states[part] === 'altered')) return 'altered'
      const erased = erasedAccount(event)
      if (erased !== null) erasedAccounts.add(erased)
      const gone = PARTS.filter((part) => states[part] === 'erased')
      if (gone.length > 0) count += 1
      for (const part of gone) {
        const accounts = accountsIn(event).filter((id) => erasableParts(event, id)[part])
        const { stream, sequence, id: eventId } = event
        const key = accounts.join(' ')
        if (!firstOf.has(key)) firstOf.set(key, { accounts, stream, sequence, eventId, position: followed })
      }
      followed += 1
      return 'sound'
    },
    report: () => ({ count, erasedAccounts: [...erasedAccounts], losses: [...firstOf.values()] }),
  }
}

/** Whether no erasure is on record for a loss. An erasure may be in another stream than the erased event. */
export function unexplained(reports: readonly ErasureReport[]): (loss: Loss) => boolean {
  const erased = new Set(reports.flatMap(({ erasedAccounts }) => erasedAccounts))
  return ({ accounts }) => !accounts.some((id) => erased.has(id))
}
