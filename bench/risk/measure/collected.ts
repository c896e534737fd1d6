import type { FirstSignIns } from './first-sign-ins.js'
import type { PersonMonths } from './person-months.js'
import type { ScoreHistogram } from './score-histogram.js'
import type { ShareCounter, Shares } from './shares.js'

/** Counts of one policy's judgements. */
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
  /** Where a sign-in is counted, by its groups: a world uses the same few lists of them over and over. */
  readonly counted: WeakMap<readonly string[], CountedIn>
}

export interface CountedIn {
  readonly isPrivate: boolean
  readonly isDaily: boolean
  readonly histograms: readonly ScoreHistogram[]
  readonly prompted: readonly ShareCounter[]
}
