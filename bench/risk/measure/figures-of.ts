import type { Collected } from './collected.js'
import { BLOCKED_SHARES, EVERYBODY, figure, PROMPT_RATES, type Figures } from './figure.js'
import { HISTORY_SIZES } from './first-sign-ins.js'
import { CAMPAIGN, DAILY, QUIET } from './groups.js'
import type { PersonMonths } from './person-months.js'
import { areaUnder, rocPoints, stoppedAt } from './roc.js'
import type { ScoreHistogram } from './score-histogram.js'
import { shareAsked, thresholdAsking, thresholdSparing } from './threshold.js'

const PARTIAL = 0.05
/** Where curves are drawn: 20 points a decade from 0.01 % to all sign-ins. */
export const ROC_PROMPT_RATES: readonly number[] = Array.from({ length: 81 }, (_, index) => 10 ** (index / 20 - 4))

type Found = readonly (readonly [name: string, value: number | null])[]

/** Everything that can be said about one policy; what was not met in the events is missing. */
export function figuresOf(collected: Collected): Figures {
  const ofAttackers = [...collected.attackers].flatMap(([attacker, scores]) => [
    ...BLOCKED_SHARES.flatMap((blocked) => whereBlocked(collected, attacker, scores, blocked)),
    ...PROMPT_RATES.map(
      (rate) => [figure.stopped(attacker, rate), stopped(collected.legitimate, scores, rate)] as const,
    ),
    ...curve(collected.legitimate, attacker, scores),
    [figure.defaultStopped(attacker), collected.stoppedByDefault.share(attacker)] as const,
  ])
  const found = [...ofAttackers, ...asInstalled(collected)]
  return Object.fromEntries(found.filter((entry): entry is readonly [string, number] => entry[1] !== null))
}

/** Prompts at the threshold that stops a share of one attacker. */
function whereBlocked(collected: Collected, attacker: string, scores: ScoreHistogram, blocked: number): Found {
  const threshold = thresholdAsking(scores, blocked)
  if (threshold === null) return []
  const { legitimate, withoutPrivate, groups, firstSignIns } = collected
  const histories = Array.from({ length: Math.max(...HISTORY_SIZES) }, (_, index) => index + 1)
  return [
    [figure.promptRate(attacker, blocked), shareAsked(legitimate, threshold)],
    [figure.promptRateWithoutPrivate(attacker, blocked), shareAsked(withoutPrivate, threshold)],
    ...[...groups].map(
      ([group, ofGroup]) => [figure.groupPromptRate(group, attacker, blocked), shareAsked(ofGroup, threshold)] as const,
    ),
    ...HISTORY_SIZES.map(
      (count) =>
        [figure.reauthentications(attacker, blocked, count), firstSignIns.medianAsked(threshold, count)] as const,
    ),
    ...HISTORY_SIZES.map(
      (count) =>
        [
          figure.reauthenticationsBySize(attacker, blocked, count),
          askedBySize(collected, attacker, blocked, count),
        ] as const,
    ),
    ...histories.map(
      (history) =>
        [figure.askedAfter(attacker, blocked, history), firstSignIns.shareAsked(threshold, history)] as const,
    ),
  ]
}

function askedBySize(collected: Collected, attacker: string, blocked: number, count: number): number | null {
  const scores = collected.attackersAfter.get(count)?.get(attacker)
  const threshold = scores ? thresholdAsking(scores, blocked) : null
  return threshold === null ? null : collected.firstSignIns.medianAsked(threshold, count)
}

function stopped(legitimate: ScoreHistogram, scores: ScoreHistogram, promptRate: number): number | null {
  const threshold = thresholdSparing(legitimate, promptRate)
  return threshold === null ? null : shareAsked(scores, threshold)
}

function curve(legitimate: ScoreHistogram, attacker: string, scores: ScoreHistogram): Found {
  const points = rocPoints(legitimate, scores)
  if (points === null) return []
  return [
    [figure.auc(attacker), areaUnder(points)],
    [figure.partialAuc(attacker), areaUnder(points, PARTIAL)],
    ...ROC_PROMPT_RATES.map((rate) => [figure.roc(attacker, rate), stoppedAt(points, rate)] as const),
  ]
}

function asInstalled({ promptedByDefault, promptedFromTheStart, months }: Collected): Found {
  const [campaign, quiet] = [promptedByDefault.share(CAMPAIGN), promptedByDefault.share(QUIET)]
  return [
    ...promptedByDefault
      .names()
      .map((name) => [figure.defaultPromptRate(name), promptedByDefault.share(name)] as const),
    [figure.defaultPromptRateFromTheStart(), promptedFromTheStart.share(EVERYBODY)],
    [figure.campaignRatio(), campaign === null || quiet === null || quiet === 0 ? null : campaign / quiet],
    ...monthly(EVERYBODY, months.everybody),
    ...monthly(DAILY, months.daily),
  ]
}

function monthly(group: string, months: PersonMonths): Found {
  const summary = months.summary()
  if (summary === null) return []
  return (['mean', 'p50', 'p95', 'p99'] as const).map((name) => [figure.monthly(group, name), summary[name]] as const)
}
