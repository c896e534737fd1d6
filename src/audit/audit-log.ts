import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { AuditFact, NewAuditEvent } from './audit-event.js'
import { chain, GENESIS, type ChainHead } from './chain.js'
import { describeEvent } from './describe-event.js'
import type { AuditStore } from './ports.js'
import { takeTurns } from './take-turns.js'

/** Where use cases write what happened. */
export interface AuditLog {
  /**
   * Resolves when the events are stored, in this order. Throws `Unavailable` when that cannot be said: then some of
   * them may be stored, and the caller gives out nothing. Waiting calls share one insert.
   */
  record(events: readonly NewAuditEvent[]): Promise<void>
}

export interface AuditLogDeps {
  readonly store: AuditStore
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
  /** Where an address is, from memory; null when nobody knows. */
  readonly countryOf: (address: string) => string | null
}

/** One call of `record`, waiting for its events to be stored. */
interface Ticket {
  readonly facts: readonly AuditFact[]
  left: number
  readonly stored: () => void
  readonly failed: (reason: Unavailable) => void
}

interface Line {
  readonly fact: AuditFact
  readonly ticket: Ticket
}

const MAX_BATCH = 500
const MAX_ATTEMPTS = 100
const ID_BYTES = 16
/** Of a commitment to a personal part: as much as keeps it from being guessed. */
const SALT_BYTES = 16

/**
 * A log over one store that any number of processes may write. The unique sequence decides who is next: a writer
 * that comes too late reads the head again and gives the rest of its events new places.
 */
export function createAuditLog(deps: AuditLogDeps): AuditLog {
  const { store } = deps
  const queue: Ticket[] = []
  const turns = takeTurns()
  let head: ChainHead | null = null
  let lowestHead = 0
  let writing = false

  function record(events: readonly NewAuditEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve()
    const now = deps.clock.now()
    const countryOf = onceEach(deps.countryOf)
    const newSalt = () => deps.secrets.random(SALT_BYTES)
    const facts = events.map((event) =>
      describeEvent(event, { id: deps.secrets.random(ID_BYTES), now, countryOf, newSalt }),
    )
    return new Promise((stored, failed) => {
      queue.push({ facts, left: facts.length, stored, failed })
      if (writing) return
      writing = true
      // After this turn of the event loop, so that everything recorded in it goes into the same insert.
      setImmediate(() => void writeQueue())
    })
  }

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const tickets = takeBatch(queue)
      try {
        await write(tickets.flatMap((ticket) => ticket.facts.map((fact) => ({ fact, ticket }))))
      } catch (cause) {
        // The insert may have been carried out or not; what is true is read before the next one.
        head = null
        const reason = cause instanceof Unavailable ? cause : new Unavailable('audit log', { cause })
        for (const ticket of tickets) if (ticket.left > 0) ticket.failed(reason)
      }
    }
    writing = false
  }

  async function write(lines: readonly Line[]): Promise<void> {
    const { othersHadTheirs } = await turns.myTurn()
    const mine = head
    if (othersHadTheirs) head = null
    let rest = lines
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      head ??= await readHead()
      const metOthers = attempt > 1 ? attempt : Number(mine !== null && head.hash !== mine.hash)
      const facts = rest.map((line) => line.fact)
      const events = chain(head, facts)
      const startedAt = performance.now()
      const { stored } = await store.append(events)
      for (const { ticket } of rest.slice(0, stored)) settleOne(ticket)
      moveHead(events[stored - 1])
      turns.wrote({ insertMs: performance.now() - startedAt, metOthers })
      if (stored === rest.length) return
      // Somebody else took the next place. What is stored stays; the rest is chained anew.
      rest = rest.slice(stored)
      head = null
    }
    throw new Unavailable('audit log', { cause: new Error(`no place in the chain after ${MAX_ATTEMPTS} attempts`) })
  }

  async function readHead(): Promise<ChainHead> {
    // Nothing above the floor means that the end of the log was lost, as after a restored backup: start from what is left.
    const found = (await store.head(lowestHead)) ?? (lowestHead > 0 ? await store.head(0) : null) ?? GENESIS
    moveHead(found)
    return found
  }

  function moveHead(to: ChainHead | undefined): void {
    if (to === undefined) return
    head = { sequence: to.sequence, hash: to.hash }
    lowestHead = to.sequence
  }

  return { record }
}

/** As many whole calls as fit into one insert, at least one. */
function takeBatch(queue: Ticket[]): Ticket[] {
  let events = 0
  const end = queue.findIndex((ticket) => (events += ticket.facts.length) > MAX_BATCH)
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end))
}

/** The events of one call come from one address. */
function onceEach(countryOf: AuditLogDeps['countryOf']): AuditLogDeps['countryOf'] {
  const known = new Map<string, string | null>()
  return (address) => {
    const found = known.get(address)
    if (found !== undefined) return found
    const country = countryOf(address)
    known.set(address, country)
    return country
  }
}

function settleOne(ticket: Ticket): void {
  ticket.left -= 1
  if (ticket.left === 0) ticket.stored()
}
