import type { TrueEvent } from '../event.js'
import type { Judgement } from '../policies/policy.js'
import type { Collected, CountedIn } from './collected.js'
import { EVERYBODY, SETTLED_HISTORY, type Figures } from './figure.js'
import { figuresOf } from './figures-of.js'
import { firstSignIns, HISTORY_SIZES } from './first-sign-ins.js'
import { DAILY, isPrivate } from './groups.js'
import { personMonths } from './person-months.js'
import { scoreHistogram, type ScoreHistogram } from './score-histogram.js'
import { countIn, shares } from './shares.js'

/** What one policy's judgements came to, in memory that does not grow with their number. */
export interface Collector {
  add(trueEvent: TrueEvent, judgement: Judgement, whose: Whose): void
  figures(): Figures
}

/** Whose sign-in it is, or whom the attacker is after. */
export interface Whose {
  /** People are numbered from 0. */
  readonly person: number
  /** How many of their sign-ins were learned before. */
  readonly history: number
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
    counted: new WeakMap(),
  }
  return {
    add: (trueEvent, judgement, whose) => {
      const { history } = whose
      const isAttack = trueEvent.truth.attacker !== ''
      if (isAttack) addAfter(collected, trueEvent.truth.attacker, judgement, history)
      else addFromTheStart(collected, trueEvent, judgement, whose)
      if (history < SETTLED_HISTORY) return
      if (isAttack) addAttack(collected, trueEvent.truth.attacker, judgement)
      else addSettled(collected, trueEvent.truth.groups, judgement)
    },
    figures: () => figuresOf(collected),
  }
}

function addFromTheStart(
  into: Collected,
  { event, truth }: TrueEvent,
  { score, prompts }: Judgement,
  { person, history }: Whose,
): void {
  into.firstSignIns.add(person, history, score)
  into.promptedFromTheStart.add(EVERYBODY, prompts)
  into.months.everybody.add(person, event.at, prompts)
  if (countedIn(into, truth.groups).isDaily) into.months.daily.add(person, event.at, prompts)
}

function addAfter(into: Collected, attacker: string, { score }: Judgement, history: number): void {
  const attackers = into.attackersAfter.get(history)
  if (attackers) histogramOf(attackers, attacker).add(score)
}

function addSettled(into: Collected, groups: readonly string[], { score, prompts }: Judgement): void {
  const counted = countedIn(into, groups)
  into.legitimate.add(score)
  if (!counted.isPrivate) into.withoutPrivate.add(score)
  for (const histogram of counted.histograms) histogram.add(score)
  for (const counter of counted.prompted) countIn(counter, prompts)
}

function countedIn(into: Collected, groups: readonly string[]): CountedIn {
  const known = into.counted.get(groups)
  if (known) return known
  const counted: CountedIn = {
    isPrivate: isPrivate(groups),
    isDaily: groups.includes(DAILY),
    histograms: groups.map((group) => histogramOf(into.groups, group)),
    prompted: [EVERYBODY, ...groups].map((group) => into.promptedByDefault.counterOf(group)),
  }
  into.counted.set(groups, counted)
  return counted
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
