import { figure } from '../measure/figure.js'
import { ROC_PROMPT_RATES } from '../measure/figures-of.js'
import { HISTORY_SIZES } from '../measure/first-sign-ins.js'
import type { Axis } from './axis.js'
import type { BenchResult, PolicyResult } from './bench-result.js'
import { shareName } from './format.js'
import { lineChart, type Series } from './line-chart.js'
import { attackersIn } from './names-in.js'

export interface Plot {
  readonly fileName: string
  readonly title: string
  readonly svg: string
}

const BLOCKED = 0.98
const HISTORY_OF = 'targeted'
const LONGEST = Math.max(...HISTORY_SIZES)
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, label: shareName(at) }))

const PROMPT_RATE_AXIS: Axis = {
  label: 'legitimate sign-ins asked (log scale)',
  kind: 'log',
  from: 1e-4,
  to: 1,
  ticks: [1e-4, 1e-3, 1e-2, 1e-1, 1].map((at) => ({ at, label: shareName(at) })),
}

const HISTORY_AXIS: Axis = {
  label: 'sign-ins before',
  kind: 'linear',
  from: 1,
  to: LONGEST,
  ticks: [1, ...HISTORY_SIZES].map((at) => ({ at, label: String(at) })),
}

/** A ROC curve of every attacker that was met, and the prompt rate against the size of the history. */
export function plotsOf({ policies }: BenchResult): readonly Plot[] {
  const attackers = attackersIn(policies)
  const history = attackers.includes(HISTORY_OF) ? [historyPlot(policies)] : []
  return [...history, ...attackers.map((attacker) => rocPlot(policies, attacker))]
}

function rocPlot(policies: readonly PolicyResult[], attacker: string): Plot {
  const title = `Attackers stopped against sign-ins asked: ${attacker}`
  const y: Axis = { label: 'attackers stopped', kind: 'linear', from: 0, to: 1, ticks: SHARES }
  const series = seriesOf(policies, ROC_PROMPT_RATES, (rate) => figure.roc(attacker, rate))
  return {
    fileName: `risk-roc-${fileNamePart(attacker)}.svg`,
    title,
    svg: lineChart({ title, x: PROMPT_RATE_AXIS, y, series }),
  }
}

function historyPlot(policies: readonly PolicyResult[]): Plot {
  const title = `Sign-ins asked where ${shareName(BLOCKED)} of ${HISTORY_OF} are stopped`
  const y: Axis = { label: 'legitimate sign-ins asked', kind: 'linear', from: 0, to: 1, ticks: SHARES }
  const histories = Array.from({ length: LONGEST }, (_, index) => index + 1)
  const series = seriesOf(policies, histories, (history) => figure.askedAfter(HISTORY_OF, BLOCKED, history))
  return { fileName: 'risk-history.svg', title, svg: lineChart({ title, x: HISTORY_AXIS, y, series }) }
}

/** A line of every policy, through the points that were measured. */
function seriesOf(policies: readonly PolicyResult[], xs: readonly number[], nameAt: (x: number) => string): Series[] {
  return policies.map(({ name, figures }) => ({
    name,
    points: xs.flatMap((x) => {
      const spread = figures[nameAt(x)]
      return spread ? [{ x, y: spread.mean }] : []
    }),
  }))
}

const fileNamePart = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
