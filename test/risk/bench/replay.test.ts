import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { replayEvents } from '../../../bench/risk/replay/replay-events.js'
import type { Databases } from '../../../bench/risk/stepgate/databases.js'
import { replayEngine } from '../../../bench/risk/stepgate/replay-engine.js'
import { noAsn, noGeo } from '../../../src/networks/index.js'
import { CHROME, IPHONE } from '../facts.js'

const DATABASES: Databases = { geo: noGeo, asn: noAsn, classOf: (asn) => (asn === 64500 ? 'hosting' : null) }
const HEADER =
  'index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,ASN,User Agent String,' +
  'Browser Name and Version,OS Name and Version,Device Type,Login Successful,Is Attack IP,Is Account Takeover,' +
  'Device Token State,Language,Time Zone,Attacker'

interface Row {
  readonly day: number
  readonly user?: string
  readonly address?: string
  readonly country?: string
  readonly asn?: string
  readonly agent?: string
  readonly successful?: string
  readonly attackAddress?: string
  readonly takeover?: string
  readonly token?: string
  readonly attacker?: string
}

function line(row: Row): string {
  const at = new Date(Date.UTC(2025, 0, 1, 12) + row.day * 86_400_000).toISOString().replace('T', ' ').replace('Z', '')
  const {
    user = 'u1',
    address = '81.10.20.30',
    country = 'DE',
    asn = '3320',
    agent = CHROME,
    successful = 'True',
  } = row
  const { attackAddress = 'False', takeover = 'False', token = '', attacker = '' } = row
  const client = ['Chrome 130', 'Windows 10', 'desktop']
  return [
    ...[row.day, at, user, '', address, country, 'Region, with a comma', 'City "quoted"', asn, agent],
    ...[...client, successful, attackAddress, takeover, token, 'de', 'Europe/Berlin', attacker],
  ]
    .map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)))
    .join(',')
}

describe('a replay', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-replay-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  async function replayed(text: string) {
    const output = join(directory, 'out.csv')
    const problems: number[] = []
    await replayEvents({
      input: Readable.from([text]),
      output,
      engine: replayEngine(DATABASES),
      onProgress: () => undefined,
      onProblem: ({ line: number }) => problems.push(number),
    })
    const [header = '', ...rows] = (await readFile(output, 'utf8')).trimEnd().split(/\r?\n/)
    return { header, rows, problems, scores: rows.map((row) => row.split(',').slice(-4)) }
  }

  const home = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => ({ day: from + n }))
  const attack = { address: '45.1.2.3', asn: '64500', agent: IPHONE }
  const story: readonly Row[] = [
    ...home(0, 15),
    { day: 15, ...attack, attacker: 'thief', takeover: 'True', attackAddress: 'True' },
    { day: 16, ...attack, attacker: 'thief', takeover: 'True', attackAddress: 'True' },
    { day: 17, successful: 'False' },
    { day: 17 },
    { day: 18, token: 'foreign' },
    { day: 19, token: 'trusted' },
  ]
  const file = (rows: readonly Row[]) => [HEADER, ...rows.map(line)].join('\n')

  it('adds four columns to the ones it was given and keeps rows and their order', async () => {
    const { header, rows } = await replayed(file(story))
    expect(header).toBe(`${HEADER},score,level,verdict,contributions`)
    expect(rows.map((row) => row.split(',')[0])).toEqual(story.map(({ day }) => String(day)))
    for (const [index, row] of rows.entries()) expect(row.startsWith(line(story[index]!))).toBe(true)
  })

  it('asks newcomers and attackers, lets the person at home in, and blocks foreign tokens', async () => {
    const { scores } = await replayed(file(story))
    const verdicts = scores.map(([, level, verdict]) => `${level} ${verdict}`)
    expect(verdicts[0]).toBe('MEDIUM CHALLENGE')
    expect(verdicts[14]).toBe('LOW ALLOW')
    expect(verdicts.slice(15, 17).every((verdict) => verdict.endsWith('CHALLENGE') || verdict.endsWith('BLOCK'))).toBe(
      true,
    )
    expect(verdicts.at(-2)).toBe('CRITICAL BLOCK')
    expect(verdicts.at(-1)).toBe('LOW ALLOW')
  })

  it('scores attackers and never learns from them: the second attempt is as strange as the first', async () => {
    const { scores } = await replayed(file(story))
    expect(Number(scores[16]?.[0])).toBeGreaterThanOrEqual(Number(scores[15]?.[0]) - 0.3)
  })

  it('looks at nothing a gateway could not know: who is an attacker, and what became of it', async () => {
    const blanked = story.map((row) => ({ ...row, attackAddress: '', takeover: '' }))
    const renamed = story.map((row) => ({ ...row, attacker: row.attacker ? 'somebody else' : '' }))
    const { scores } = await replayed(file(story))
    expect((await replayed(file(blanked))).scores).toEqual(scores)
    expect((await replayed(file(renamed))).scores).toEqual(scores)
  })

  it('tells bad rows by their line numbers, keeps their place and goes on', async () => {
    const rows = home(0, 6).map(line)
    const text = [
      HEADER,
      ...rows.slice(0, 2),
      'too,few',
      ...rows.slice(2, 4),
      line({ day: 4, address: 'nowhere' }),
      rows[5],
    ].join('\r\n')
    const { rows: written, problems, scores } = await replayed(`\uFEFF${text}\r\n`)
    expect(problems).toEqual([4, 7])
    expect(written).toHaveLength(7)
    expect(scores[2]).toEqual(['', '', '', ''])
    expect(scores[6]?.[1]).toMatch(/LOW|MEDIUM/)
  })

  it.each([
    ['an empty file', ''],
    ['a file without the column of the user', HEADER.replace('User ID,', '')],
  ])('refuses %s', async (_, text) => {
    await expect(replayed(text)).rejects.toThrow(/column|empty|header/i)
  })
})
