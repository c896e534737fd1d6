import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AuditFact, NewAuditEvent } from './audit-event.js'
import { describeEvent } from './describe-event.js'
import type { MakeSortableId } from './sortable-ids.js'

export interface DescribeEventsDeps {
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
  readonly newId: MakeSortableId
  /** The country of an address, from memory; null if it is unknown. */
  readonly countryOf: (address: string) => string | null
}

/** The salt of a commitment: long enough that its contents cannot be guessed. */
const SALT_BYTES = 16

/** Describes the events of one call: ids, time, country and salts are fixed from now on. */
export function describeEvents(deps: DescribeEventsDeps, events: readonly NewAuditEvent[]): readonly AuditFact[] {
  const now = deps.clock.now()
  const countryOf = onceEach(deps.countryOf)
  const newSalt = () => deps.secrets.random(SALT_BYTES)
  return events.map((event) => describeEvent(event, { id: deps.newId(now), now, countryOf, newSalt }))
}

/** The events of one call come from one address. */
function onceEach(countryOf: DescribeEventsDeps['countryOf']): DescribeEventsDeps['countryOf'] {
  const known = new Map<string, string | null>()
  return (address) => {
    const found = known.get(address)
    if (found !== undefined) return found
    const country = countryOf(address)
    known.set(address, country)
    return country
  }
}
