import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { SignInEvent } from '../../../bench/risk/event.js'
import type { ReplayEngine } from '../../../bench/risk/replay/engine.js'
import { readEvents, type ReplayRow } from '../../../bench/risk/replay/read-events.js'
import { readRows, type CsvRow } from '../../../bench/risk/replay/read-rows.js'
import { readTimestamp } from '../../../bench/risk/replay/read-timestamp.js'
import { ReplayError } from '../../../bench/risk/replay/replay-error.js'
import { replayEvents, type ReplayProblem } from '../../../bench/risk/replay/replay-events.js'

const HEADER =
  'index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,ASN,User Agent String,Browser Name and Version,OS Name and Version,Device Type,Login Successful,Is Attack IP,Is Account Takeover,Attacker'

interface Row {
  readonly time?: string
  readonly user?: string
  readonly address?: string
  readonly agent?: string
  readonly successful?: string
  readonly attackAddress?: string
  readonly takeover?: string
  readonly attacker?: string
}

function row(second: number, row: Row = {}): string {
  const time = row.time ?? `2020-02-03 12:43:${String(second).padStart(2, '0')}.772`
  const network = `${row.address ?? '10.0.65.171'},NO,-,-,29695`
  const agent = `${row.agent ?? 'Mozilla/5.0 (iPhone)'},Firefox 20.0,iOS 13.4,mobile`
  const labels = `${row.attackAddress ?? 'False'},${row.takeover ?? 'False'},${row.attacker ?? ''}`
  return `${second},${time},${row.user ?? '-4324475583306591935'},,${network},${agent},${row.successful ?? 'True'},${labels}`
}

const fileOf = (rows: readonly string[], lineBreak = '\n'): string => [HEADER, ...rows, ''].join(lineBreak)

/** Text in pieces so small that everything is cut somewhere. */
const inPieces = (text: string, size = 7): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
      Buffer.from(text.slice(index * size, (index + 1) * size)),
    ),
  )

async function rowsOf(text: string, size?: number): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const some of readRows(inPieces(text, size))) rows.push(...some)
  return rows
}

async function eventsOf(text: string): Promise<readonly ReplayRow[]> {
  const rows: ReplayRow[] = []
  for await (const each of readEvents(inPieces(text, 4096))) rows.push(each)
  return rows
}

const problemsOf = async (text: string): Promise<readonly string[]> =>
  (await eventsOf(text)).flatMap((each) => (each.kind === 'problem' ? [`${each.line} ${each.says}`] : []))

const onlyEvent = async (text: string): Promise<SignInEvent> => {
  const found = (await eventsOf(text)).flatMap((each) => (each.kind === 'event' ? [each.event] : []))
  expect(found).toHaveLength(1)
  return found[0]!
}

/** Counts the sign-ins and failures each address was learned with, so that every slip shows in the score. */
function countingEngine(): ReplayEngine & { readonly told: string[] } {
  const learned = new Map<string, number>()
  const told: string[] = []
  return {
    told,
    score: ({ userId, address, at }) => ({
      score: (learned.get(`${userId} ${address}`) ?? 0) + (at % 1000) / 1000,
      level: 'LOW',
      verdict: 'ALLOW',
      contributions: [
        { code: 'NETWORK_NEW', nats: 1.9 },
        { code: 'DEVICE_TOKEN_TRUSTED', nats: -5.4 },
      ],
    }),
    learn: ({ userId, address }) => {
      told.push(`learn ${userId}`)
      learned.set(`${userId} ${address}`, (learned.get(`${userId} ${address}`) ?? 0) + 1)
    },
    fail: ({ userId, address }) => {
      told.push(`fail ${userId}`)
      learned.set(`${userId} ${address}`, (learned.get(`${userId} ${address}`) ?? 0) - 10)
    },
  }
}

describe('reading CSV', () => {
  it('keeps commas, doubled quotes and line breaks within quotes, and tells where each row begins', async () => {
    expect(await rowsOf('a,b\r\n"1,5","say ""hi"""\r\n"two\r\nlines",x\r\nlast,""\r\n')).toEqual([
      { kind: 'row', line: 1, cells: ['a', 'b'] },
      { kind: 'row', line: 2, cells: ['1,5', 'say "hi"'] },
      { kind: 'row', line: 3, cells: ['two\r\nlines', 'x'] },
      { kind: 'row', line: 5, cells: ['last', ''] },
    ])
  })

  it('reads the same wherever the stream is cut', async () => {
    const text = '\uFEFFa,b\r\n"x ""y"" ü",2\n\n,\r\n"end\n",last'
    const whole = await rowsOf(text, 1000)
    expect(whole.map((each) => each.kind === 'row' && each.cells)).toEqual([
      ['a', 'b'],
      ['x "y" ü', '2'],
      ['', ''],
      ['end\n', 'last'],
    ])
    for (let size = 1; size < text.length; size += 1) expect(await rowsOf(text, size)).toEqual(whole)
  })

  it('goes on after the first line of a row whose quote is never closed', async () => {
    expect(await rowsOf('a,b\n"open,1\nc,d\n')).toEqual([
      { kind: 'row', line: 1, cells: ['a', 'b'] },
      { kind: 'malformed', line: 2, says: 'has a quote that is never closed' },
      { kind: 'row', line: 3, cells: ['c', 'd'] },
    ])
  })

  it('says so when text follows a closing quote', async () => {
    const [first, second] = await rowsOf('"a"b,c\nd,e\n')
    expect(first).toMatchObject({ kind: 'malformed', line: 1 })
    expect(second).toEqual({ kind: 'row', line: 2, cells: ['d', 'e'] })
  })

  it('reads a field of half a megabyte, and gives up a row of more than one without keeping it', async () => {
    const [huge] = await rowsOf(`"${'x,'.repeat(250_000)}",b\n`, 65_536)
    expect(huge?.kind === 'row' && huge.cells.map(({ length }) => length)).toEqual([500_000, 1])
    const rows = await rowsOf(`a\n${'y'.repeat(3_000_000)}\nb\n`, 65_536)
    expect(rows.map(({ kind, line }) => `${line} ${kind}`)).toEqual(['1 row', '2 malformed', '3 row'])
  })
})

describe('timestamps', () => {
  it.each([
    ['2020-02-03 12:43:30.772', '2020-02-03T12:43:30.772Z'],
    ['2020-02-03 12:43:30', '2020-02-03T12:43:30.000Z'],
    ['2020-02-03T12:43:30.7Z', '2020-02-03T12:43:30.700Z'],
    ['2020-02-03T12:43:30.772123+02:00', '2020-02-03T10:43:30.772Z'],
    ['2020-02-03T12:43:30-0530', '2020-02-03T18:13:30.000Z'],
    ['1580733810772', '2020-02-03T12:43:30.772Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(readTimestamp(text) ?? 0).toISOString()).toBe(expected)
  })

  it.each(['', 'yesterday', '2020-02-30 00:00:00', '2020-13-01', '2020-02-03 24:00:00', '1580733810', '03.02.2020'])(
    '"%s" is none',
    (text) => {
      expect(readTimestamp(text)).toBeNull()
    },
  )
})

describe('reading events', () => {
  it('reads the columns of the RBA dataset', async () => {
    expect(await onlyEvent(fileOf([row(30)]))).toEqual({
      at: Date.UTC(2020, 1, 3, 12, 43, 30, 772),
      userId: '-4324475583306591935',
      address: '10.0.65.171',
      country: 'NO',
      asn: 29695,
      place: null,
      userAgent: 'Mozilla/5.0 (iPhone)',
      cookie: null,
      deviceToken: null,
      language: '',
      timeZone: '',
      successful: true,
    })
  })

  it('finds columns in any order and reads the optional ones', async () => {
    const text =
      '\uFEFFTime Zone,Device Token State,user id,Login Successful,Language,IP Address,Login Timestamp,User Agent String\r\n' +
      'Europe/Oslo,Trusted,ada,false,nb-NO,2001:db8::1,1580733810772,"Agent, quoted"\r\n'
    expect(await onlyEvent(text)).toMatchObject({
      userId: 'ada',
      address: '2001:db8::1',
      asn: null,
      country: '',
      deviceToken: 'trusted',
      language: 'nb-NO',
      timeZone: 'Europe/Oslo',
      userAgent: 'Agent, quoted',
      successful: false,
    })
  })

  it('tells what is wrong with a row by its line, and goes on', async () => {
    const rows = [
      row(1),
      'too,few',
      row(2, { time: 'yesterday' }),
      row(3, { user: '' }),
      row(4, { agent: '"two\nlines"' }),
      row(5, { address: '300.1.1.1' }),
      row(6, { successful: 'perhaps' }),
      row(7),
    ]
    expect(await problemsOf(fileOf(rows))).toEqual([
      '3 has 2 cells where the header has 17',
      '4 has no readable timestamp: "yesterday"',
      '5 has no user',
      '8 has no readable address: "300.1.1.1"',
      '9 does not say whether the sign-in was successful: "perhaps"',
    ])
  })

  it('takes a row up to a minute late for just as late as the latest, and none later', async () => {
    const late = [row(59, { time: '2020-02-03 12:43:59.000' }), row(1, { time: '2020-02-03 12:43:00.000' })]
    const times = (await eventsOf(fileOf(late))).flatMap((each) => (each.kind === 'event' ? [each.event.at] : []))
    expect(times).toEqual([times[0], times[0]])
    const tooLate = [late[0]!, row(2, { time: '2020-02-03 12:42:58.000' }), row(3, { time: '2020-02-03 12:44:00.000' })]
    expect(await problemsOf(fileOf(tooLate))).toEqual(['3 goes back in time by 61 s'])
  })

  it.each([
    ['an empty file', ''],
    ['a missing column', 'Login Timestamp,User ID,User Agent String,Login Successful\n'],
    ['the same column twice', `${HEADER},User ID\n`],
    ['a file that was scored before', `${HEADER},score\n`],
    ['a header whose quote is never closed', '"Login Timestamp\n'],
  ])('refuses %s', async (_, text) => {
    await expect(eventsOf(text)).rejects.toBeInstanceOf(ReplayError)
  })

  it('names the column that is missing', async () => {
    const header = HEADER.replace('IP Address,', '')
    await expect(eventsOf(`${header}\n`)).rejects.toThrow('"IP Address"')
  })

  it('yields nothing but the header of a file without rows', async () => {
    expect((await eventsOf(`${HEADER}\n`)).map(({ kind }) => kind)).toEqual(['header'])
  })
})

describe('a replay', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'replay-'))
  })
  afterEach(async () => {
    await rm(directory, { recursive: true })
  })

  async function replayed(text: string) {
    const [input, output] = [join(directory, 'in.csv'), join(directory, 'in.scored.csv')]
    await writeFile(input, text)
    const engine = countingEngine()
    const problems: ReplayProblem[] = []
    const summary = await replayEvents({
      input,
      output,
      engine,
      onProgress: () => undefined,
      onProblem: (problem) => problems.push(problem),
    })
    const written = await rowsOf(await readFile(output, 'utf8'), 65_536)
    const cells = written.map((each) => (each.kind === 'row' ? each.cells : []))
    return {
      summary,
      problems,
      told: engine.told,
      cells,
      scores: cells.slice(1).map((each) => each.slice(-4).join('|')),
    }
  }

  it('writes every row as it was, in the same order, with what was found out about it', async () => {
    const rows = [row(1, { agent: '"Agent, ""quoted"""' }), row(2, { user: 'ben' }), row(3)]
    const { cells, summary, scores } = await replayed(fileOf(rows, '\r\n'))
    expect(cells[0]).toEqual([...HEADER.split(','), 'score', 'level', 'verdict', 'contributions'])
    expect(cells.slice(1).map((each) => each[0])).toEqual(['1', '2', '3'])
    expect(cells[1]?.[9]).toBe('Agent, "quoted"')
    expect(scores[0]).toBe('0.772|LOW|ALLOW|NETWORK_NEW:+1.90;DEVICE_TOKEN_TRUSTED:-5.40')
    expect(summary).toEqual({ rows: 3, problems: 0 })
  })

  it('keeps the place of bad rows, without a score', async () => {
    const { cells, problems, scores } = await replayed(fileOf([row(1), 'bad,row', row(2, { time: 'never' }), row(3)]))
    expect(cells.map(({ length }) => length)).toEqual([21, 21, 21, 21, 21])
    expect(cells[2]?.slice(0, 3)).toEqual(['bad', 'row', ''])
    expect(scores.map((score) => score === '|||')).toEqual([false, true, true, false])
    expect(problems.map(({ line }) => line)).toEqual([3, 4])
  })

  it('learns people and no attackers, and is told of every wrong password', async () => {
    const rows = [
      row(1, { user: 'ada' }),
      row(2, { user: 'ben', attacker: 'naive' }),
      row(3, { user: 'eve', successful: 'False' }),
      row(4, { user: 'joe', successful: 'False', attacker: 'stuffing' }),
    ]
    expect((await replayed(fileOf(rows))).told).toEqual(['learn ada', 'fail eve', 'fail joe'])
  })

  it('scores the same with any data on addresses and takeovers, and any names of attackers', async () => {
    const labelled = (labels: Row): string =>
      fileOf(
        Array.from({ length: 60 }, (_, second) => {
          const isAttack = second % 5 === 4
          return row(second, {
            ...labels,
            user: `user ${second % 7}`,
            attacker: isAttack ? (labels.attacker ?? '') : '',
          })
        }),
      )
    const { scores } = await replayed(labelled({ attackAddress: 'True', takeover: 'True', attacker: 'naive' }))
    expect(new Set(scores).size).toBeGreaterThan(5)
    expect((await replayed(labelled({ attackAddress: '', takeover: '', attacker: 'naive' }))).scores).toEqual(scores)
    expect((await replayed(labelled({ attackAddress: 'x', takeover: '1', attacker: 'zebra' }))).scores).toEqual(scores)
  })

  it('leaves no file behind when it cannot begin or has to give up', async () => {
    await expect(replayed('nothing,here\n')).rejects.toBeInstanceOf(ReplayError)
    expect(await readdir(directory)).toEqual(['in.csv'])
  })

  it('replaces what was there only when all is written, and keeps no partial file', async () => {
    await writeFile(join(directory, 'in.scored.csv'), 'old')
    const { cells } = await replayed(fileOf(Array.from({ length: 3000 }, (_, index) => row(index % 2))))
    expect(cells).toHaveLength(3001)
    expect(await readdir(directory)).toEqual(['in.csv', 'in.scored.csv'])
  })
})
