import { EVERYBODY, figure, PROMPT_RATES } from '../measure/figure.js'
import { HISTORY_SIZES } from '../measure/first-sign-ins.js'
import { DAILY } from '../measure/groups.js'
import type { Merged } from '../measure/merge-seeds.js'
import type { BenchResult, PolicyResult, Study } from './bench-result.js'
import { amount, fourDigits, number, percent, plainAmount, plainPercent, shareName, shown } from './format.js'
import { markdownTable } from './markdown-table.js'
import { attackersIn, groupsIn } from './names-in.js'
import { PUBLISHED } from './published.js'
import { OURS, targetOutcomes } from './targets.js'

// Every table is a pure function of the result; the reference for groups is the threshold that stops 98 % of targeted.
const REFERENCE = { attacker: 'targeted', blocked: 0.98 }
const BUDGET_ATTACKERS = ['targeted', 'residential', 'relay']

export function targetsTable(result: BenchResult): string {
  const rows = targetOutcomes(result).map(({ target, measured, outcome }) => [target, measured, outcome])
  return markdownTable(['target', 'measured', ''], rows)
}

/** Freeman as published, Freeman here and ours: median prompts and their rate; in brackets by thresholds for each size. */
export function publishedTable({ policies }: BenchResult): string {
  const columns = ['Freeman', OURS].map((name) => policies.find((policy) => policy.name === name)?.figures ?? {})
  const rows = PUBLISHED.flatMap(({ attacker, blocked, median }) =>
    HISTORY_SIZES.map((count) => {
      const rated = (asked: number): string => `${number(asked)}, ${number((100 * asked) / count)} %`
      const here = (figures: Merged): string => {
        const bySize = shown(figures, figure.reauthenticationsBySize(attacker, blocked, count), plainAmount)
        const byOne = shown(figures, figure.reauthentications(attacker, blocked, count), ({ mean }) => rated(mean))
        return `${byOne} (${bySize})`
      }
      return [`${attacker}, ${shareName(blocked)}`, String(count), rated(median[count]), ...columns.map(here)]
    }),
  )
  return markdownTable(['attacker, stopped', 'sign-ins', 'Freeman, published', 'Freeman, here', `${OURS}, here`], rows)
}

export function installedTable({ policies }: BenchResult): string {
  const head = ['policy', 'prompt rate', 'from the first sign-in', 'a month: mean', 'p50', 'p95', 'p99']
  return byPolicy(policies, [...head, 'daily people: p95', 'campaign ÷ quiet'], (figures) => [
    shown(figures, figure.defaultPromptRate(EVERYBODY), percent),
    shown(figures, figure.defaultPromptRateFromTheStart(), percent),
    ...(['mean', 'p50', 'p95', 'p99'] as const).map((statistic) =>
      shown(figures, figure.monthly(EVERYBODY, statistic), plainAmount),
    ),
    shown(figures, figure.monthly(DAILY, 'p95'), plainAmount),
    shown(figures, figure.campaignRatio(), amount),
  ])
}

export function installedStoppedTable({ policies }: BenchResult): string {
  const attackers = attackersIn(policies)
  return byPolicy(policies, ['policy', ...attackers], (figures) =>
    attackers.map((attacker) => shown(figures, figure.defaultStopped(attacker), percent)),
  )
}

/** Prompt rates where that share of each attacker is stopped; in brackets without private-mode people. */
export function promptRateTable({ policies }: BenchResult, blocked: number): string {
  const attackers = attackersIn(policies)
  return byPolicy(policies, ['policy', ...attackers], (figures) =>
    attackers.map((attacker) => {
      const withoutPrivate = shown(figures, figure.promptRateWithoutPrivate(attacker, blocked), plainPercent)
      return `${shown(figures, figure.promptRate(attacker, blocked), percent)} (${withoutPrivate})`
    }),
  )
}

/** How many of each attacker are stopped at 1, 2 and 5 % prompts. */
export function stoppedTable({ policies }: BenchResult): string {
  const attackers = attackersIn(policies)
  return byPolicy(policies, ['policy', ...attackers], (figures) =>
    attackers.map((attacker) =>
      PROMPT_RATES.map((rate) => shown(figures, figure.stopped(attacker, rate), plainPercent)).join(' / '),
    ),
  )
}

/** As installed, and where 98 % of targeted attackers are stopped. */
export function groupsTable({ policies }: BenchResult): string {
  const groups = groupsIn(policies)
  const { attacker, blocked } = REFERENCE
  return byPolicy(policies, ['policy', ...groups], (figures) =>
    groups.map((group) => {
      const atReference = shown(figures, figure.groupPromptRate(group, attacker, blocked), plainPercent)
      return `${shown(figures, figure.defaultPromptRate(group), plainPercent)} / ${atReference}`
    }),
  )
}

/** The area under the ROC curve, whole and up to 5 % prompts. */
export function areaTable({ policies }: BenchResult): string {
  const attackers = attackersIn(policies)
  return byPolicy(policies, ['policy', ...attackers], (figures) =>
    attackers.map(
      (attacker) =>
        `${shown(figures, figure.auc(attacker), fourDigits)} / ${shown(figures, figure.partialAuc(attacker), fourDigits)}`,
    ),
  )
}

export function costTable({ policies }: BenchResult): string {
  return byPolicy(policies, ['policy', 'decision p50, µs', 'decision p99, µs', 'profile, bytes'], (figures) => [
    shown(figures, figure.decisionTime(0.5), plainAmount),
    shown(figures, figure.decisionTime(0.99), plainAmount),
    shown(figures, figure.profileBytes(), ({ mean }) => mean.toFixed(0)),
  ])
}

function byPolicy(
  policies: readonly PolicyResult[],
  head: readonly string[],
  cells: (figures: Merged) => readonly string[],
): string {
  return markdownTable(
    head,
    policies.map(({ name, figures }) => [name, ...cells(figures)]),
  )
}

/** What a prompt budget costs, and whom it stops, among calm and among restless people. */
export function budgetsTable({ budgets: { calm, restless } }: BenchResult): string {
  const head = ['prompts', 'settled', ...BUDGET_ATTACKERS]
  const cells = (figures: Merged): readonly string[] => [
    shown(figures, figure.defaultPromptRateFromTheStart(), percent),
    shown(figures, figure.defaultPromptRate(EVERYBODY), percent),
    ...BUDGET_ATTACKERS.map((attacker) => shown(figures, figure.defaultStopped(attacker), percent)),
  ]
  const rows = calm.policies.map(({ name, figures }) => {
    const same = restless.policies.find((policy) => policy.name === name)?.figures ?? {}
    return [name, ...cells(figures), ...cells(same)]
  })
  return markdownTable(
    ['budget', ...head.map((each) => `calm: ${each}`), ...head.map((each) => `restless: ${each}`)],
    rows,
  )
}

/** Every policy among restless people: asked as installed, and where 98 % of each attacker are stopped. */
export const restlessTable = ({ restless }: BenchResult): string => studyTable(restless)

/** What each part of ours is worth: asked as installed, and where 98 % of each attacker are stopped. */
export const ablationsTable = ({ ablations }: BenchResult): string => studyTable(ablations)

function studyTable({ policies }: Study): string {
  const attackers = attackersIn(policies)
  return byPolicy(policies, ['', 'prompt rate as installed', ...attackers], (figures) => [
    shown(figures, figure.defaultPromptRate(EVERYBODY), percent),
    ...attackers.map((attacker) => shown(figures, figure.promptRate(attacker, REFERENCE.blocked), plainPercent)),
  ])
}
