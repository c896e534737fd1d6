import type { TrueEvent } from '../event.js'
import type { Judgement } from '../policies/policy.js'
import { EVERYBODY, SETTLED_HISTORY, type Figures } from './figure.js'
import { figuresOf } from './figures-of.js'
import { firstSignIns, HISTORY_SIZES, type FirstSignIns } from './first-sign-ins.js'
import { DAILY, isPrivate } from './groups.js'
import { personMonths, type PersonMonths } from './person-months.js'
import { scoreHistogram, type ScoreHistogram } from './score-histogram.js'
import { shares, type Shares } from './shares.js'

/** What one policy's judgements came to, in memory that does not grow with their number. */
export interface Collector {
  /** `history` is how many sign-ins of the person were learned before. */
  add(trueEvent: TrueEvent, judgement: Judgement, history: number): void
  figures(): Figures
}

export interface Collected {
  /** Scores of legitimate sign-ins with a settled history. */
  readonly legitimate: ScoreHistogram
  readonly withoutPrivate: ScoreHistogram
  readonly groups: Map<string, ScoreHistogram>
  /** Scores of attackers of people with a settled history. */
  readonly attackers: Map<string, ScoreHistogram>
  /** Scores of attackers of people with just so many sign-ins, by attacker. */
  readonly attackersAfter: ReadonlyMap<number, Map<string, ScoreHistogram>>
  readonly firstSignIns: FirstSignIns
  /** By group and of `EVERYBODY`, with a settled history. */
  readonly promptedByDefault: Shares
  readonly promptedFromTheStart: Shares
  readonly stoppedByDefault: Shares
  readonly months: { readonly everybody: PersonMonths; readonly daily: PersonMonths }
}

export function collector(): Collector {
  const collected: Collected = {
    legitimate: scoreHistogram(),
    withoutPrivate: scoreHistogram(),
    groups: new Map(),
    attackers: new Map(),
    attackersAfter: new Map(HISTORY_SIZES.map((size) => [size, new Map()])),
    firstSignIns: firstSignIns(),
    promptedByDefault: shares(),
    promptedFromTheStart: shares(),
    stoppedByDefault: shares(),
    months: { everybody: personMonths(), daily: personMonths() },
  }
  return {
    add: (trueEvent, judgement, history) => {
      const isAttack = trueEvent.truth.attacker !== ''
      if (isAttack) addAfter(collected, trueEvent.truth.attacker, judgement, history)
      else addFromTheStart(collected, trueEvent, judgement, history)
      if (history < SETTLED_HISTORY) return
      if (isAttack) addAttack(collected, trueEvent.truth.attacker, judgement)
      else addSettled(collected, trueEvent.truth.groups, judgement)
    },
    figures: () => figuresOf(collected),
  }
}

function addFromTheStart(into: Collected, { event, truth }: TrueEvent, judgement: Judgement, history: number): void {
  const { score, prompts } = judgement
  into.firstSignIns.add(event.userId, history, score)
  into.promptedFromTheStart.add(EVERYBODY, prompts)
  into.months.everybody.add(event.userId, event.at, prompts)
  if (truth.groups.includes(DAILY)) into.months.daily.add(event.userId, event.at, prompts)
}

function addAfter(into: Collected, attacker: string, { score }: Judgement, history: number): void {
  const attackers = into.attackersAfter.get(history)
  if (attackers) histogramOf(attackers, attacker).add(score)
}

function addSettled(into: Collected, groups: readonly string[], { score, prompts }: Judgement): void {
  into.legitimate.add(score)
  if (!isPrivate(groups)) into.withoutPrivate.add(score)
  into.promptedByDefault.add(EVERYBODY, prompts)
  for (const group of groups) {
    histogramOf(into.groups, group).add(score)
    into.promptedByDefault.add(group, prompts)
  }
}

function addAttack(into: Collected, attacker: string, { score, prompts }: Judgement): void {
  histogramOf(into.attackers, attacker).add(score)
  into.stoppedByDefault.add(attacker, prompts)
}

function histogramOf(histograms: Map<string, ScoreHistogram>, name: string): ScoreHistogram {
  const known = histograms.get(name)
  if (known) return known
  const histogram = scoreHistogram()
  histograms.set(name, histogram)
  return histogram
}
