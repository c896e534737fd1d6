import { createHash } from 'node:crypto'
import { z } from 'zod'
import { leafHash, rootOf } from './merkle.js'

/** Where a stream ends, and what a checkpoint adds to it: the events after `after`, up to and with `sequence`. */
export interface StreamHead {
  readonly stream: string
  readonly after: number
  readonly sequence: number
  /** The hash of the event at `sequence`. */
  readonly hash: string
  /** The stream has ended and leaves the list of open ones. */
  readonly sealed: boolean
}

/** What a checkpoint says, under a signature. */
export interface Statement {
  readonly version: 1
  /** 1, 2, 3, … without gaps. */
  readonly number: number
  /** By the clock of who made it, in ISO 8601. */
  readonly at: string
  /** The hash of the checkpoint before; `NO_CHECKPOINT` in the first one. */
  readonly previous: string
  /** The streams that have grown or ended since, by id. */
  readonly heads: readonly StreamHead[]
  /** The events since, in the order of `heads`: how many, the root of the Merkle tree over them, and how many in all. */
  readonly events: { readonly count: number; readonly root: string; readonly total: number }
  /** The streams that are open after it: how many, and the root of the Merkle tree over their heads, by id. */
  readonly open: { readonly count: number; readonly root: string }
}

/** Where an open stream ends. */
export interface OpenHead {
  readonly stream: string
  readonly sequence: number
  readonly hash: string
  /** When it last grew, in a checkpoint. Not signed: it only says when a stream counts as ended. */
  readonly grownAt: Date
}

export interface Checkpoint {
  readonly number: number
  readonly at: Date
  /** The statement as a compact JWS (RFC 7515). */
  readonly signed: string
  /** The streams whose events it covers. */
  readonly streams: readonly string[]
  readonly open: readonly OpenHead[]
}

/** The number and hash of a checkpoint, noted outside the store so that the log can be compared with them later. */
export interface NotedCheckpoint {
  readonly number: number
  readonly hash: string
}

/** What the first checkpoint continues. */
export const NO_CHECKPOINT = '0'.repeat(64)

/** SHA-256 (hex) of the signed statement as stored. The next checkpoint contains it, and operators note it. */
export const hashOfCheckpoint = (signed: string): string => createHash('sha256').update(signed).digest('hex')

/** The leaf of an event: its hash covers everything else in it. */
export const eventLeaf = (hash: string): Buffer => leafHash(Buffer.from(hash, 'hex'))

export const rootOfEvents = (leaves: readonly Buffer[]): string => rootOf(leaves).toString('hex')

/** The root over open streams. They have to be sorted by id. */
export function rootOfOpen(open: readonly Omit<OpenHead, 'grownAt'>[]): string {
  const leaves = open.map(({ stream, sequence, hash }) =>
    leafHash(Buffer.from(JSON.stringify([stream, sequence, hash]))),
  )
  return rootOf(leaves).toString('hex')
}

export const byStream = (a: { readonly stream: string }, b: { readonly stream: string }): number =>
  a.stream < b.stream ? -1 : Number(a.stream > b.stream)

/** The open streams after a statement, given those before it. */
export function openAfter(
  before: readonly OpenHead[],
  { heads, at }: Pick<Statement, 'heads' | 'at'>,
): readonly OpenHead[] {
  const open = new Map(before.map((head) => [head.stream, head]))
  for (const { stream, after, sequence, hash, sealed } of heads) {
    if (sealed) open.delete(stream)
    else if (sequence > after) open.set(stream, { stream, sequence, hash, grownAt: new Date(at) })
  }
  return [...open.values()].sort(byStream)
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const place = z.number().int().nonnegative()
const statementShape = z.strictObject({
  version: z.literal(1),
  number: place.min(1),
  at: z.iso.datetime(),
  previous: hash,
  heads: z.array(z.strictObject({ stream: z.string(), after: place, sequence: place, hash, sealed: z.boolean() })),
  events: z.strictObject({ count: place, root: hash, total: place }),
  open: z.strictObject({ count: place, root: hash }),
})

/** Reads the payload of a checkpoint; null when it is none. */
export function readStatement(payload: Uint8Array): Statement | null {
  const parsed = statementShape.safeParse(parseJson(Buffer.from(payload).toString('utf8')))
  return parsed.success ? parsed.data : null
}

/** Reads a signed statement without checking its signature. Null if it is malformed. */
export function unverifiedStatement(signed: string): Statement | null {
  const payload = signed.split('.')[1]
  return payload === undefined ? null : readStatement(Buffer.from(payload, 'base64url'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
