import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { AuditFact, NewAuditEvent } from './audit-event.js'
import { chain, GENESIS, type ChainHead } from './chain.js'
import { describeEvent } from './describe-event.js'
import type { AuditStore } from './ports.js'
import { sortableIds } from './sortable-ids.js'

/** Where use cases write what happened. */
export interface AuditLog {
  /**
   * Resolves when the events are stored, in this order. Throws `Unavailable` if that is not known: some of them may be
   * stored, and the caller must not hand out anything. Waiting calls share one insert.
   */
  record(events: readonly NewAuditEvent[]): Promise<void>
}

/** A log that says which stream it writes, so that checkpoints can follow it. */
export interface StreamLog extends AuditLog {
  /** The id of the stream; null before the first event. */
  stream(): string | null
}

export interface AuditLogDeps {
  readonly store: Pick<AuditStore, 'openStream' | 'head' | 'append'>
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
  /** The country of an address, from memory; null if it is unknown. */
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
const MAX_ATTEMPTS = 10
/** The salt of a commitment: long enough that its contents cannot be guessed. */
const SALT_BYTES = 16
/** A stream that was quiet for longer may be sealed already, or soon. Half of `SEALED_AFTER_SECONDS`. */
const OWN_QUIET_MS = 1_800_000

/** The stream that this process writes. */
interface OwnStream {
  readonly id: string
  /** Null if it is not known what was stored last. */
  head: ChainHead | null
  lowestHead: number
  wroteAt: number
}

/**
 * A log in a store that any number of processes may write. Each writes its own stream, so no process waits for another.
 * Waiting calls of one process share an insert.
 */
export function createAuditLog(deps: AuditLogDeps): StreamLog {
  const { store, clock } = deps
  const newId = sortableIds((bytes) => deps.secrets.random(bytes))
  const queue: Ticket[] = []
  let own: OwnStream | null = null
  let writing = false

  function record(events: readonly NewAuditEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve()
    const now = clock.now()
    const countryOf = onceEach(deps.countryOf)
    const newSalt = () => deps.secrets.random(SALT_BYTES)
    const facts = events.map((event) => describeEvent(event, { id: newId(now), now, countryOf, newSalt }))
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
        // It is not known whether the insert was executed. If it was, the next one conflicts with it and reads the
        // head.
        const reason = cause instanceof Unavailable ? cause : new Unavailable('audit log', { cause })
        for (const ticket of tickets) if (ticket.left > 0) ticket.failed(reason)
      }
    }
    writing = false
  }

  async function write(lines: readonly Line[]): Promise<void> {
    let rest = lines
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const stream = await openStream()
      const head = stream.head ?? (await readHead(stream))
      const facts = rest.map((line) => line.fact)
      const events = chain(stream.id, head, facts)
      const { stored } = await store.append(events)
      for (const { ticket } of rest.slice(0, stored)) settleOne(ticket)
      moveHead(stream, events[stored - 1] ?? head)
      if (stored === rest.length) return
      // An insert that timed out was executed late and has the next place. The rest is chained to it.
      rest = rest.slice(stored)
      stream.head = null
    }
    throw new Unavailable('audit log', { cause: new Error(`no place in the stream after ${MAX_ATTEMPTS} attempts`) })
  }

  /**
   * The stream of this process. It is announced before its first event, so that it is found whenever the process dies.
   */
  async function openStream(): Promise<OwnStream> {
    if (own && performance.now() - own.wroteAt < OWN_QUIET_MS) return own
    const openedAt = clock.now()
    const id = newId(openedAt)
    await store.openStream({ id, openedAt })
    own = { id, head: GENESIS, lowestHead: 0, wroteAt: performance.now() }
    return own
  }

  async function readHead(stream: OwnStream): Promise<ChainHead> {
    // Nothing above the floor: the end of the stream was lost, as after restoring a backup. Continue from what is left.
    const found = (await store.head(stream.id, stream.lowestHead)) ?? (await store.head(stream.id, 0)) ?? GENESIS
    moveHead(stream, found)
    return found
  }

  function moveHead(stream: OwnStream, { sequence, hash }: ChainHead): void {
    stream.head = { sequence, hash }
    stream.lowestHead = sequence
    stream.wroteAt = performance.now()
  }

  return { record, stream: () => own?.id ?? null }
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
