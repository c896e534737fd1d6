import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ADDED_COLUMNS } from './columns.js'
import type { ReplayEngine, ReplayScore } from './engine.js'
import { readEvents, type ReplayRow } from './read-events.js'
import { writeRow } from './write-row.js'

export interface ReplayInput {
  readonly input: string | Readable
  /** Appears when everything is written; a file of that name is replaced. */
  readonly output: string
  readonly engine: ReplayEngine
  readonly onProgress: (progress: ReplayProgress) => void
  readonly onProblem: (problem: ReplayProblem) => void
}

export interface ReplayProgress {
  readonly rows: number
  /** Bytes of the input read so far; 0 when it is not a file. */
  readonly bytes: number
}

export interface ReplayProblem {
  readonly line: number
  /** Goes on after "Line 7". */
  readonly says: string
}

export interface ReplaySummary {
  readonly rows: number
  readonly problems: number
}

const TEXT_AT_ONCE = 64 * 1024

/**
 * Scores every row and writes it with its score, in the same order. A bad row keeps its place with empty cells, so that
 * rows stay side by side with those of the input. People are learned from, attackers are not.
 */
export async function replayEvents(replay: ReplayInput): Promise<ReplaySummary> {
  const { input, output } = replay
  const partial = `${output}.partial`
  const stream = typeof input === 'string' ? createReadStream(input, { highWaterMark: TEXT_AT_ONCE }) : input
  const bytesRead = (): number => ('bytesRead' in stream && typeof stream.bytesRead === 'number' ? stream.bytesRead : 0)
  const counts = { rows: 0, problems: 0 }
  try {
    // Waits for the disk, so that rows are not read faster than they are written.
    await pipeline(scoredText(replay, stream, counts, bytesRead), createWriteStream(partial))
    await rename(partial, output)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return counts
}

async function* scoredText(
  { engine, onProgress, onProblem }: ReplayInput,
  stream: Readable,
  counts: { rows: number; problems: number },
  bytesRead: () => number,
): AsyncGenerator<string> {
  let text = ''
  let width = 0
  for await (const row of readEvents(stream)) {
    if (row.kind === 'header') width = row.cells.length
    else counts.rows += 1
    if (row.kind === 'problem') {
      counts.problems += 1
      onProblem({ line: row.line, says: row.says })
    }
    text += writeRow([...padded(row.cells, width), ...addedCells(row, engine)])
    if (text.length < TEXT_AT_ONCE) continue
    yield text
    text = ''
    onProgress({ rows: counts.rows, bytes: bytesRead() })
  }
  yield text
  onProgress({ rows: counts.rows, bytes: bytesRead() })
}

/** As many cells as the header has, so that the added cells are in their own columns. */
const padded = (cells: readonly string[], width: number): readonly string[] =>
  cells.length === width ? cells : Array.from({ length: width }, (_, index) => cells[index] ?? '')

function addedCells(row: ReplayRow, engine: ReplayEngine): readonly string[] {
  switch (row.kind) {
    case 'header':
      return ADDED_COLUMNS
    case 'problem':
      return ADDED_COLUMNS.map(() => '')
    case 'event': {
      const scored = engine.score(row.event)
      if (!row.event.successful) engine.fail(row.event)
      else if (!row.isAttacker) engine.learn(row.event)
      return cellsOf(scored)
    }
  }
}

function cellsOf({ score, level, verdict, contributions }: ReplayScore): readonly string[] {
  return [score.toFixed(3), level, verdict, contributions.map(({ code, nats }) => `${code}:${signed(nats)}`).join(';')]
}

const signed = (nats: number): string => `${nats < 0 ? '-' : '+'}${Math.abs(nats).toFixed(2)}`
