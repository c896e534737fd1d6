import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figure, type Figures } from '../../../bench/risk/measure/figure.js'
import { benchResult, type BenchResult, type Runs } from '../../../bench/risk/report/bench-result.js'
import { number, percent, shareName } from '../../../bench/risk/report/format.js'
import { lineChart } from '../../../bench/risk/report/line-chart.js'
import { markdownTable } from '../../../bench/risk/report/markdown-table.js'
import { plotsOf } from '../../../bench/risk/report/plots.js'
import { renderReport } from '../../../bench/risk/report/render-report.js'
import {
  ablationsTable,
  budgetsTable,
  promptRateTable,
  publishedTable,
  restlessTable,
} from '../../../bench/risk/report/tables.js'
import { targetOutcomes } from '../../../bench/risk/report/targets.js'
import type { SeedResult } from '../../../bench/risk/run/run-seed.js'
import { eventsMistake, outMistake } from '../../../bench/risk/run/path-mistakes.js'
import { progress } from '../../../bench/risk/run/progress.js'
import { readCommand } from '../../../bench/risk/run/read-command.js'

const SETTING = { command: 'npm run bench:risk', node: 'v20', cores: 2 }

function resultOf(policies: Readonly<Record<string, Figures>>, seeds = 1): BenchResult {
  const results = Array.from({ length: seeds }, (_, index) => seedResult(index + 1, policies))
  return resultOfRuns({ results, ablations: results, alone: seedResult(1, policies) })
}

const resultOfRuns = (runs: Partial<Runs>): BenchResult =>
  benchResult({
    results: [],
    ablations: [],
    budgets: { calm: [], restless: [] },
    restless: [],
    alone: seedResult(1, {}),
    ...runs,
  })

const seedResult = (seed: number, policies: Readonly<Record<string, Figures>>): SeedResult => ({
  seed,
  people: 100,
  signIns: 1000,
  wrongPasswords: 80,
  attacks: 50,
  policies: Object.entries(policies).map(([name, figures]) => ({ name, figures })),
})

describe('the result', () => {
  it('takes decision times from the run that had the machine for itself, and nothing else', () => {
    const [time, rate] = [figure.decisionTime(0.99), figure.defaultStopped('naive')]
    const busy = seedResult(1, { Stepgate: { [time]: 9000, [rate]: 0.9 } })
    const alone = seedResult(1, { Stepgate: { [time]: 300, [rate]: 0.1 } })
    const figures = resultOfRuns({ results: [busy, busy], alone }).policies[0]?.figures
    expect([figures?.[time]?.mean, figures?.[rate]?.mean]).toEqual([300, 0.9])
  })
})

describe('tables', () => {
  it('are Markdown, with any text in a cell', () => {
    expect(markdownTable(['a', 'b'], [['1|2', 'x\ny']])).toBe('| a | b |\n| --- | --- |\n| 1\\|2 | x y |')
  })

  it('tell shares with enough digits and their deviation', () => {
    const spread = { mean: 0.0412, deviation: 0.003, least: 0.03, most: 0.05, seeds: 3 }
    expect(percent(spread)).toBe('4.1 % ± 0.30')
    expect(percent({ ...spread, seeds: 1 })).toBe('4.1 %')
    expect([number(0), number(3), number(0.044), number(41.26)]).toEqual(['0', '3', '0.04', '41.3'])
    expect([shareName(0.995), shareName(0.98)]).toEqual(['99.5 %', '98 %'])
  })

  it('tell what each part is worth, of the runs that left it out', () => {
    const rate = figure.promptRate('vpn', 0.98)
    const whole = [seedResult(1, { Stepgate: { [rate]: 0.02 } })]
    const ablated = [1, 2].map((seed) =>
      seedResult(seed, {
        Stepgate: { [rate]: 0.03 },
        'without token': { [rate]: 0.3, [figure.defaultStopped('vpn')]: 1 },
      }),
    )
    const table = ablationsTable(resultOfRuns({ results: whole, ablations: ablated }))
    expect(table).toMatch(/Stepgate *\| – *\| 3 %/)
    expect(table).toMatch(/without token *\| – *\| 30 %/)
  })

  it('show what a budget costs calm and restless people, side by side', () => {
    const asked = (rate: number, stopped: number): Figures => ({
      [figure.defaultPromptRateFromTheStart()]: rate,
      [figure.defaultStopped('targeted')]: stopped,
    })
    const budgets = {
      calm: [seedResult(1, { '5 %': asked(0.04, 0.98) })],
      restless: [seedResult(1, { '5 %': asked(0.05, 0.9) })],
    }
    const row = budgetsTable(resultOfRuns({ budgets })).split('\n')[2]
    expect(row).toBe('| 5 % | 4 % | – | 98 % | – | – | 5 % | – | 90 % | – | – |')
  })

  it('show every policy among restless people', () => {
    const restless = [
      seedResult(1, { Stepgate: { [figure.defaultStopped('vpn')]: 1, [figure.promptRate('vpn', 0.98)]: 0.25 } }),
    ]
    expect(restlessTable(resultOfRuns({ restless }))).toContain('| Stepgate | – | 25 % |')
  })

  it('show a dash where nothing was measured', () => {
    const result = resultOf({ one: { [figure.defaultStopped('vpn')]: 1, [figure.promptRate('vpn', 0.98)]: 0.25 } })
    expect(promptRateTable(result, 0.98)).toContain('| one | 25 % (–) |')
  })
})

describe('the report', () => {
  const figures: Figures = {
    [figure.defaultStopped('targeted')]: 0.9,
    [figure.reauthentications('targeted', 0.98, 20)]: 6,
    [figure.reauthenticationsBySize('targeted', 0.98, 20)]: 4,
    [figure.roc('targeted', 1)]: 1,
    [figure.askedAfter('targeted', 0.98, 1)]: 0.5,
  }

  it('always shows Freeman as published beside Freeman here, and says that the world is not the dataset', () => {
    const result = resultOf({ Freeman: figures })
    expect(publishedTable(result)).toContain('| targeted, 98 % | 20 | 2, 10 % | 6, 30 % (4) | – (–) |')
    for (const some of [result, resultOf({})]) {
      const text = renderReport(some, [], SETTING)
      expect(text).toContain('The simulated world is not the dataset')
      expect(text).toContain('| targeted, 99.5 % | 39 | 4, 10.3 % |')
    }
  })

  it('says from what it comes and names every plot', () => {
    const result = resultOf({ Freeman: figures }, 2)
    const plots = plotsOf(result)
    const text = renderReport(result, plots, SETTING)
    expect(text).toContain('2 worlds (seeds 1, 2) with 100 people each')
    expect(text).toContain('2000 legitimate sign-ins, 160 wrong passwords, and 100 attacks')
    expect(plots.map(({ fileName }) => fileName)).toEqual(['risk-history.svg', 'risk-roc-targeted.svg'])
    for (const { fileName } of plots) expect(text).toContain(`(${fileName})`)
  })
})

describe('targets', () => {
  const outcomesOf = (figures: Figures): Readonly<Record<string, string>> =>
    Object.fromEntries(targetOutcomes(resultOf({ Stepgate: figures })).map(({ target, outcome }) => [target, outcome]))

  it('are met up to the limit and missed beyond it', () => {
    const name = '98 % of naive stopped at ≤ 5 % prompts'
    expect(outcomesOf({ [figure.promptRate('naive', 0.98)]: 0.05 })[name]).toBe('met')
    expect(outcomesOf({ [figure.promptRate('naive', 0.98)]: 0.0501 })[name]).toBe('missed')
    const campaign = 'prompt rate in the campaign < 1.5 times the quiet one, as installed'
    expect(outcomesOf({ [figure.campaignRatio()]: 1.5 })[campaign]).toBe('missed')
  })

  it('are not met by what was not measured', () => {
    expect(new Set(Object.values(outcomesOf({})))).toEqual(new Set(['not measured']))
    // Without private-mode people there is nothing to leave out.
    const outcomes = outcomesOf({ [figure.promptRateWithoutPrivate('naive', 0.98)]: 0.01 })
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['not measured']))
  })

  it('are fifteen, and about ours alone', () => {
    const others = targetOutcomes(resultOf({ Freeman: { [figure.promptRate('naive', 0.98)]: 0.01 } }))
    expect(others.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 15 }, () => 'not measured'))
  })
})

describe('plots', () => {
  const axis = { label: 'x & y', from: 0.01, to: 1, ticks: [{ at: 0.1, label: '10 %' }] }
  const svg = lineChart({
    title: '<risk>',
    x: { ...axis, kind: 'log' },
    y: { ...axis, kind: 'linear', from: 0 },
    series: [
      {
        name: 'ours',
        points: [
          { x: 0.01, y: 0 },
          { x: 0.1, y: 0.5 },
          { x: 5, y: 1 },
        ],
      },
    ],
  })

  it('put points where they belong, on a log axis in the middle between its ends', () => {
    // The plot is 578 wide from 72 and 376 high from 48; what is beyond the end stands at it.
    expect(svg).toContain('points="72.0,424.0 361.0,236.0 650.0,48.0"')
  })

  it('are labelled, escaped, and bring their own background', () => {
    expect(svg).toContain('<title>&lt;risk&gt;</title>')
    expect(svg).toContain('>x &amp; y</text>')
    expect(svg).toContain('>10 %</text>')
    expect(svg).toContain('>ours</text>')
    expect(svg).toContain('fill="#fff"')
  })
})

describe('the command line', () => {
  it('simulates ten worlds, or two small ones', () => {
    expect(readCommand([])).toEqual({ kind: 'simulate', quick: false, seeds: 10, people: null, out: 'docs' })
    expect(readCommand(['--quick'])).toMatchObject({ quick: true, seeds: 2 })
    expect(readCommand(['--seeds', '3', '--people=50', '--out', 'x'])).toMatchObject({ seeds: 3, people: 50, out: 'x' })
  })

  it('replays a file', () => {
    expect(readCommand(['--events', 'some.csv'])).toEqual({ kind: 'replay', events: 'some.csv' })
  })

  it.each([
    [['--fast']],
    [['file.csv']],
    [['--seeds', '0']],
    [['--seeds', 'many']],
    [['--people', '-5']],
    [['--seeds']],
    [['--events', '']],
    [['--events', 'some.csv', '--quick']],
  ])('takes %j for a mistake', (args) => {
    expect(readCommand(args).kind).toBe('mistake')
  })

  it('helps', () => {
    expect(readCommand(['--help', '--quick']).kind).toBe('help')
  })
})

describe('the paths it is given', () => {
  const within = mkdtempSync(join(tmpdir(), 'stepgate-paths-'))
  const file = join(within, 'events.csv')
  writeFileSync(file, '')
  afterAll(() => rmSync(within, { recursive: true }))

  it('are a file of events', () => {
    expect(eventsMistake(file)).toBeNull()
    expect(eventsMistake(join(within, 'none.csv'))).toMatch(/^There is no file /)
    expect(eventsMistake(within)).toMatch(/ is a directory/)
  })

  it('are a directory for the report, made before anything is simulated', () => {
    const made = join(within, 'some', 'reports')
    expect(outMistake(made)).toBeNull()
    expect(existsSync(made)).toBe(true)
    expect(outMistake(file)).toMatch(/^--out takes a directory: /)
  })
})

describe('progress', () => {
  function shownOn(isTTY: boolean, everyMs: number): string {
    const texts: string[] = []
    let now = 0
    const bar = progress({ isTTY, write: (text) => texts.push(text) }, () => now)
    for (let step = 0; step <= 4; step += 1) {
      now += everyMs
      bar.show(step / 4, 'worlds')
    }
    bar.end()
    return texts.join('')
  }

  it('moves a bar on a terminal and clears it in the end', () => {
    const text = shownOn(true, 1000)
    expect(text).toContain('[###############...............]  50 % worlds')
    expect(text.endsWith('\r\u001B[2K')).toBe(true)
  })

  it('is a line now and then elsewhere', () => {
    expect(shownOn(false, 5000)).toBe('50 % worlds\n'.padStart(13))
    expect(shownOn(false, 100)).toBe('')
  })
})
