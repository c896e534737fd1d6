import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import UAParser from 'ua-parser-js'
import { STUFFING } from '../attackers/stuffing.js'
import type { TrueEvent } from '../event.js'

/** The columns of the public RBA dataset, and after them those that only a replay knows. */
export const EVENT_COLUMNS = [
  'index',
  'Login Timestamp',
  'User ID',
  'Round-Trip Time [ms]',
  'IP Address',
  'Country',
  'Region',
  'City',
  'ASN',
  'User Agent String',
  'Browser Name and Version',
  'OS Name and Version',
  'Device Type',
  'Login Successful',
  'Is Attack IP',
  'Is Account Takeover',
  'Device Token State',
  'Language',
  'Time Zone',
  'Attacker',
] as const

/** Writes events as they come, one row each, and keeps none. Answers how many there were. */
export async function writeEvents(file: string, events: Iterable<TrueEvent>): Promise<number> {
  let written = 0
  function* rows(): Generator<string> {
    yield row(EVENT_COLUMNS)
    for (const event of events) yield row(cellsOf(event, written++))
  }
  await pipeline(Readable.from(inChunks(rows())), createWriteStream(file))
  return written
}

type Cell = string | number | boolean | null

const ROWS_PER_CHUNK = 500

/** A row at a time through a stream takes longer than making it. */
function* inChunks(rows: Iterable<string>): Generator<string> {
  let chunk: string[] = []
  for (const each of rows) {
    chunk.push(each)
    if (chunk.length < ROWS_PER_CHUNK) continue
    yield chunk.join('')
    chunk = []
  }
  yield chunk.join('')
}

function cellsOf({ event, truth }: TrueEvent, index: number): readonly Cell[] {
  const agent = agentCells(event.userAgent)
  return [
    index,
    new Date(event.at).toISOString().replace('T', ' ').replace('Z', ''),
    event.userId,
    null,
    event.address,
    event.country,
    // The look-ups do not say; the dataset marks that with a dash.
    '-',
    '-',
    event.asn,
    event.userAgent,
    agent.browser,
    agent.system,
    agent.form,
    event.successful,
    // What a list of bad addresses could hold: bots show themselves, the others use an address once.
    truth.attacker === STUFFING,
    truth.attacker !== '' && event.successful,
    event.deviceToken,
    event.language,
    event.timeZone,
    truth.attacker,
  ]
}

interface AgentCells {
  readonly browser: string
  readonly system: string
  readonly form: string
}

const agents = new Map<string, AgentCells>()

function agentCells(userAgent: string): AgentCells {
  const known = agents.get(userAgent)
  if (known) return known
  const { browser, os, device } = new UAParser(userAgent).getResult()
  const cells = {
    browser: [browser.name, browser.version].join(' ').trim(),
    system: [os.name, os.version].join(' ').trim(),
    form: device.type ?? 'desktop',
  }
  agents.set(userAgent, cells)
  return cells
}

const row = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\n`

/** RFC 4180: quotes where the text would be read otherwise. Truth is spelled as the dataset does. */
function quoted(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
