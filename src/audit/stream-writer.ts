import type { Clock } from '../kernel/clock.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { AuditFact } from './audit-event.js'
import { chain, GENESIS, type ChainHead } from './chain.js'
import type { AuditStore } from './ports.js'
import type { MakeSortableId } from './sortable-ids.js'

/** Writes facts to the stream of this process. */
export interface StreamWriter {
  /**
   * Resolves when the facts are stored, in this order, by this or an earlier call: a fact whose id is in the log already
   * is not written again. Throws `Unavailable` if that is not known. Waiting calls share one insert.
   */
  write(facts: readonly AuditFact[]): Promise<void>
  /** The id of the stream; null before the first event. */
  stream(): string | null
}

export interface StreamWriterDeps {
  readonly store: Pick<AuditStore, 'openStream' | 'head' | 'append' | 'known'>
  readonly clock: Clock
  readonly newId: MakeSortableId
}

/** One call of `write`, waiting for its facts to be stored. */
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

/** A writer in a store that any number of processes may write. Each writes its own stream, so none waits for another. */
export function createStreamWriter({ store, clock, newId }: StreamWriterDeps): StreamWriter {
  const queue: Ticket[] = []
  let own: OwnStream | null = null
  let writing = false

  function write(facts: readonly AuditFact[]): Promise<void> {
    if (facts.length === 0) return Promise.resolve()
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
        await writeLines(tickets.flatMap((ticket) => ticket.facts.map((fact) => ({ fact, ticket }))))
      } catch (cause) {
        // It is not known whether the insert was executed. If it was, the next one conflicts with it and reads the
        // head.
        const reason = cause instanceof Unavailable ? cause : new Unavailable('audit log', { cause })
        for (const ticket of tickets) if (ticket.left > 0) ticket.failed(reason)
      }
    }
    writing = false
  }

  async function writeLines(lines: readonly Line[]): Promise<void> {
    let rest = lines
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const stream = await openStream()
      const head = stream.head ?? (await readHead(stream))
      const events = chain(
        stream.id,
        head,
        rest.map((line) => line.fact),
      )
      const { stored } = await store.append(events)
      for (const { ticket } of rest.slice(0, stored)) settleOne(ticket)
      moveHead(stream, events[stored - 1] ?? head)
      if (stored === rest.length) return
      // Either the place is taken, by an insert of ours that timed out and was executed late, or the id is: another
      // process delivered the event. What is in the log is left out, and the rest is chained to the head as it is now.
      stream.head = null
      rest = await notYetStored(rest.slice(stored))
      if (rest.length === 0) return
    }
    throw new Unavailable('audit log', { cause: new Error(`no place in the stream after ${MAX_ATTEMPTS} attempts`) })
  }

  async function notYetStored(lines: readonly Line[]): Promise<readonly Line[]> {
    const known = await store.known(lines.map(({ fact }) => fact.id))
    for (const { fact, ticket } of lines) if (known.has(fact.id)) settleOne(ticket)
    return lines.filter(({ fact }) => !known.has(fact.id))
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

  return { write, stream: () => own?.id ?? null }
}

/** As many whole calls as fit into one insert, at least one. */
function takeBatch(queue: Ticket[]): Ticket[] {
  let events = 0
  const end = queue.findIndex((ticket) => (events += ticket.facts.length) > MAX_BATCH)
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end))
}

function settleOne(ticket: Ticket): void {
  ticket.left -= 1
  if (ticket.left === 0) ticket.stored()
}
