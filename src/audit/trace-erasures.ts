import type { AuditEvent } from './audit-event.js'
import { accountsIn, erasableParts, erasedAccount } from './erasable-parts.js'
import { stateOfParts } from './personal-parts.js'

/** Follows a log from its first event on and keeps account of what was erased, and by what right. */
export interface ErasureTrace {
  /** `altered`: a personal part of the event is neither what was written nor erased as a whole. */
  follow(event: AuditEvent): 'sound' | 'altered'
  /** How many events have lost something. */
  count(): number
  /** The first event that has lost something although no account it names was ever erased; null when there is none. */
  unexplained(): { readonly sequence: number; readonly eventId: string } | null
}

const PARTS = ['origin', 'details'] as const

export function traceErasures(): ErasureTrace {
  const erasedAccounts = new Set<string>()
  /** The first event that lost something, for each set of accounts one of which must have been erased for it. */
  const firstOf = new Map<
    string,
    { readonly accounts: readonly string[]; readonly sequence: number; readonly eventId: string }
  >()
  let count = 0
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
        const key = accounts.join(' ')
        if (!firstOf.has(key)) firstOf.set(key, { accounts, sequence: event.sequence, eventId: event.id })
      }
      return 'sound'
    },
    count: () => count,
    // An erasure stands after what it erased.
    unexplained: () =>
      [...firstOf.values()]
        .filter(({ accounts }) => !accounts.some((id) => erasedAccounts.has(id)))
        .sort((a, b) => a.sequence - b.sequence)
        .at(0) ?? null,
  }
}
