import { setImmediate } from 'node:timers/promises'
import { FIRST_STREAM } from '../audit-event.js'
import { GENESIS, type ChainHead } from '../chain.js'
import { eventLeaf, rootOfEvents, type Statement, type StreamHead } from '../checkpoints/checkpoint.js'
import { readSigned, type FindKey } from '../checkpoints/sign-checkpoint.js'
import type { StreamReader } from '../ports.js'
import { breakOfCheckpoint, placeName, type ChainBreak } from './chain-break.js'
import { traceErasures, type ErasureReport, type ErasureTrace } from './trace-erasures.js'
import { breakAt, breakOfEnd, breakOfNoPlace } from './walk-stream.js'

/**
 * A part of the log that can be checked independently of the rest. Plain values, so it can be sent to another thread.
 */
export type LogPart = CoveredPart | UncoveredPart

/** The events of checkpoints that follow each other. */
export interface CoveredPart {
  readonly kind: 'covered'
  readonly checkpoints: readonly { readonly signed: string; readonly statement: Statement }[]
  /** Where the streams ended before it; a stream that is not named begins in it. */
  readonly before: ReadonlyMap<string, ChainHead>
}

/** What a stream holds beyond the last checkpoint. */
export interface UncoveredPart {
  readonly kind: 'uncovered'
  readonly stream: string
  readonly after: ChainHead
}

export interface PartReport {
  /** How many events are as they were written, before the break if there is one. */
  readonly checked: number
  readonly break: ChainBreak | null
  readonly erasures: ErasureReport
  /** The highest checkpoint whose signature was checked and is good; 0 when there is none. */
  readonly signed: number
}

export interface VerifyPartDeps {
  readonly events: Pick<StreamReader, 'between' | 'rest'>
  readonly findKey: FindKey
}

const PAGE = 500
/** In the thread that serves requests, these wait while so many events are hashed. */
const EVENTS_IN_A_TURN = 100

export function verifyPart(deps: VerifyPartDeps, part: LogPart): Promise<PartReport> {
  return part.kind === 'covered' ? verifyCovered(deps, part) : verifyUncovered(deps, part)
}

async function verifyUncovered({ events }: VerifyPartDeps, { stream, after }: UncoveredPart): Promise<PartReport> {
  const erasures = traceErasures()
  let head = after
  for (;;) {
    const page = await events.rest(stream, head.sequence, PAGE)
    for (const event of page) {
      const found = breakAt(event, head, erasures)
      const checked = head.sequence - after.sequence
      if (found) return { checked, break: found, erasures: erasures.report(), signed: 0 }
      head = { sequence: event.sequence, hash: event.hash }
      if (event.sequence % EVENTS_IN_A_TURN === 0) await setImmediate()
    }
    if (page.length < PAGE) break
  }
  // The store names the stream, so something is in it that has no place: it is not what any process wrote.
  const isEmpty = stream !== FIRST_STREAM && head.sequence === 0
  return {
    checked: head.sequence - after.sequence,
    break: isEmpty ? breakOfNoPlace(stream) : null,
    erasures: erasures.report(),
    signed: 0,
  }
}

async function verifyCovered(deps: VerifyPartDeps, part: CoveredPart): Promise<PartReport> {
  const erasures = traceErasures()
  const signatures = await Promise.all(part.checkpoints.map(({ signed }) => readSigned(signed, deps.findKey)))
  const walks = await Promise.all(
    [...segmentsOf(part)].map(([stream, segments]) =>
      walkSegments(deps, { stream, segments, head: part.before.get(stream) ?? GENESIS }, erasures),
    ),
  )
  const leaves = new Map(walks.flatMap((walk) => [...walk.leaves]))
  let checked = 0
  let signed = 0
  for (const [index, { statement }] of part.checkpoints.entries()) {
    const { number, heads, events } = statement
    const found = (it: ChainBreak, whole = 0): PartReport => {
      return { checked: checked + whole, break: it, erasures: erasures.report(), signed }
    }
    if (signatures[index]?.kind === 'forged') {
      return found(
        breakOfCheckpoint('FORGED', number, `checkpoint ${number} is not signed by a key of this installation`),
      )
    }
    if (signatures[index]?.kind === 'good') signed = number
    for (const { stream } of heads) {
      const broken = walks.find((walk) => walk.stream === stream && walk.broken?.number === number)?.broken
      if (broken) return found({ ...broken.break, checkpoint: number }, broken.whole)
      checked += (leaves.get(segmentKey(number, stream)) ?? []).length
    }
    const covered = heads.flatMap(({ stream }) => leaves.get(segmentKey(number, stream)) ?? [])
    if (covered.length !== events.count || rootOfEvents(covered) !== events.root) {
      return found(breakOfCheckpoint('FORGED', number, `the root of checkpoint ${number} is not that of its events`))
    }
  }
  return { checked, break: null, erasures: erasures.report(), signed }
}

interface Segment extends StreamHead {
  /** The number of its checkpoint. */
  readonly number: number
}

const segmentKey = (number: number, stream: string): string => `${number} ${stream}`

function segmentsOf({ checkpoints }: CoveredPart): ReadonlyMap<string, readonly Segment[]> {
  const found = new Map<string, Segment[]>()
  for (const { statement } of checkpoints) {
    for (const head of statement.heads) {
      const segments = found.get(head.stream) ?? []
      segments.push({ ...head, number: statement.number })
      found.set(head.stream, segments)
    }
  }
  return found
}

interface StreamPart {
  readonly stream: string
  readonly segments: readonly Segment[]
  readonly head: ChainHead
}

interface Walk {
  readonly stream: string
  /** The leaves of the events, by `segmentKey`. */
  readonly leaves: ReadonlyMap<string, readonly Buffer[]>
  /** `whole`: how many events of that segment come before the break. */
  readonly broken: { readonly number: number; readonly whole: number; readonly break: ChainBreak } | null
}

/** Reads a stream once, over all of its segments. */
async function walkSegments({ events }: VerifyPartDeps, part: StreamPart, erasures: ErasureTrace): Promise<Walk> {
  const { stream } = part
  const leaves = new Map<string, Buffer[]>()
  const next = pager(events, part)
  let head = part.head
  for (const segment of part.segments) {
    const { number, sequence } = segment
    const collected: Buffer[] = []
    leaves.set(segmentKey(number, stream), collected)
    const end = (it: ChainBreak): Walk => ({ stream, leaves, broken: { number, whole: collected.length, break: it } })
    while (head.sequence < sequence) {
      const event = await next()
      if (!event) return end(await breakOfMissing(events, stream, head.sequence + 1, sequence))
      const found = breakAt(event, head, erasures)
      if (found) return end(found)
      collected.push(eventLeaf(event.hash))
      head = { sequence: event.sequence, hash: event.hash }
      if (head.sequence % EVENTS_IN_A_TURN === 0) await setImmediate()
    }
    if (head.hash !== segment.hash) {
      const detail = `${placeName(stream, sequence)} or one before it was replaced and what follows hashed anew`
      return end({ fault: 'REWRITTEN', checkpoint: number, stream, sequence, eventId: null, detail })
    }
  }
  return { stream, leaves, broken: null }
}

/** Hands out the events of a stream one by one, read in pages of places. */
function pager(events: VerifyPartDeps['events'], { stream, segments, head }: StreamPart) {
  const end = segments.at(-1)?.sequence ?? head.sequence
  let place = head.sequence
  let page: Awaited<ReturnType<StreamReader['between']>> = []
  let at = 0
  return async () => {
    while (at >= page.length && place < end) {
      const until = Math.min(place + PAGE, end)
      page = await events.between(stream, place, until)
      place = until
      at = 0
    }
    return page[at++] ?? null
  }
}

async function breakOfMissing(
  events: VerifyPartDeps['events'],
  stream: string,
  from: number,
  to: number,
): Promise<ChainBreak> {
  const [later] = await events.rest(stream, to, 1)
  const found = breakOfEnd(stream, from, to)
  return later ? { ...found, fault: 'DELETED' } : found
}
