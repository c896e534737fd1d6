import { collector } from '../../../bench/risk/measure/collector.js'
import { decisionTimes } from '../../../bench/risk/measure/decision-times.js'
import { EVERYBODY, figure } from '../../../bench/risk/measure/figure.js'
import { firstSignIns } from '../../../bench/risk/measure/first-sign-ins.js'
import { median } from '../../../bench/risk/measure/median.js'
import { mergeSeeds } from '../../../bench/risk/measure/merge-seeds.js'
import { personMonths } from '../../../bench/risk/measure/person-months.js'
import { areaUnder, rocPoints, stoppedAt } from '../../../bench/risk/measure/roc.js'
import { BIN_COUNT, binOf, scoreHistogram, type ScoreHistogram } from '../../../bench/risk/measure/score-histogram.js'
import { shareAsked, thresholdAsking, thresholdSparing } from '../../../bench/risk/measure/threshold.js'
import type { Policy } from '../../../bench/risk/policies/policy.js'
import { runSeed } from '../../../bench/risk/run/run-seed.js'
import { DAY_MS, signInEvent, trueEvent } from './support/sign-in-event.js'

function histogramOf(scores: readonly number[]): ScoreHistogram {
  const histogram = scoreHistogram()
  for (const score of scores) histogram.add(score)
  return histogram
}

const ONE_TO_TEN = histogramOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])

describe('scores', () => {
  it('are told apart by 0.01, and what is beyond the range counts as its end', () => {
    expect(binOf(1.01) - binOf(1)).toBe(1)
    expect(binOf(-1e9)).toBe(0)
    expect([binOf(Infinity), binOf(NaN)]).toEqual([BIN_COUNT - 1, BIN_COUNT - 1])
  })
})

describe('thresholds', () => {
  it('stop at least the share of attackers, as high as possible', () => {
    expect(thresholdAsking(ONE_TO_TEN, 0.95)).toBe(binOf(1))
    expect(thresholdAsking(ONE_TO_TEN, 0.9)).toBe(binOf(2))
    expect(thresholdAsking(ONE_TO_TEN, 0.3)).toBe(binOf(8))
    expect(thresholdAsking(scoreHistogram(), 0.9)).toBeNull()
  })

  it('ask at most the share of people, as low as possible, and all of those that score the same', () => {
    expect(shareAsked(ONE_TO_TEN, thresholdSparing(ONE_TO_TEN, 0.2) ?? 0)).toBe(0.2)
    expect(shareAsked(ONE_TO_TEN, thresholdSparing(ONE_TO_TEN, 0.05) ?? 0)).toBe(0)
    expect(shareAsked(histogramOf([1, 1, 0]), thresholdSparing(histogramOf([1, 1, 0]), 0.5) ?? 0)).toBe(0)
    expect(shareAsked(ONE_TO_TEN, thresholdSparing(ONE_TO_TEN, 1) ?? 0)).toBe(1)
  })

  it('count the sign-ins at them as asked', () => {
    expect(shareAsked(ONE_TO_TEN, binOf(9))).toBe(0.2)
    expect(shareAsked(scoreHistogram(), 0)).toBeNull()
  })
})

describe('the ROC curve', () => {
  const legitimate = histogramOf([0, 0, 1, 2])
  const attackers = histogramOf([1, 2, 3, 3])
  const points = rocPoints(legitimate, attackers) ?? []

  it('goes from asking at no sign-in to asking at all', () => {
    expect(points).toEqual([
      { asked: 0, stopped: 0 },
      { asked: 0, stopped: 0.5 },
      { asked: 0.25, stopped: 0.75 },
      { asked: 0.5, stopped: 1 },
      { asked: 1, stopped: 1 },
    ])
  })

  it('has the area that is the chance to rank an attacker above a person, ties half', () => {
    // Of 16 pairs: 3 and 3 beat all (8), 2 beats three and ties one (3.5), 1 beats two and ties one (2.5).
    expect(areaUnder(points)).toBeCloseTo(14 / 16, 10)
  })

  it('has a part of the area over the width of that part', () => {
    expect(areaUnder(points, 0.25)).toBeCloseTo(0.625, 10)
    expect(areaUnder(points, 0.125)).toBeCloseTo((0.5 + 0.625) / 2, 10)
  })

  it('is straight between two thresholds', () => {
    expect(stoppedAt(points, 0.125)).toBeCloseTo(0.625, 10)
    expect(stoppedAt(points, 0)).toBe(0.5)
    expect(stoppedAt(points, 1)).toBe(1)
  })

  it('is a diagonal for scores that say nothing, and a corner for those that say all', () => {
    expect(areaUnder(rocPoints(histogramOf([1, 1]), histogramOf([1])) ?? [])).toBe(0.5)
    expect(areaUnder(rocPoints(histogramOf([0, 1]), histogramOf([2])) ?? [], 0.05)).toBeCloseTo(1, 10)
    expect(rocPoints(scoreHistogram(), ONE_TO_TEN)).toBeNull()
  })
})

describe('re-authentications in the first sign-ins', () => {
  /** Three people, whose scores from the second sign-in on are these. */
  function threePeople() {
    const first = firstSignIns()
    const [ada, ben, eve] = [
      [5, 0, 5, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 5],
      [5, 5, 5, 5, 5, 5, 5],
    ]
    for (const [person, scores] of [ada, ben, eve].entries()) {
      first.add(person, 0, 99)
      scores.forEach((score, index) => first.add(person, index + 1, score))
    }
    return first
  }

  it('are the median of people with that many, without the sign-in the account begins with', () => {
    // Eve has only seven: of Ada's 2 and Ben's 1 the median is between them.
    expect(threePeople().medianAsked(binOf(5), 8)).toBe(1.5)
    expect(threePeople().medianAsked(binOf(5), 7)).toBe(2)
    expect(threePeople().medianAsked(binOf(6), 8)).toBe(0)
    expect(threePeople().medianAsked(binOf(5), 12)).toBeNull()
  })

  it('are kept of however many people', () => {
    const first = firstSignIns()
    const people = 1500
    for (let person = 0; person < people; person += 1) first.add(person, 1, person < 500 ? 5 : 0)
    expect(first.shareAsked(binOf(5), 1)).toBe(500 / people)
    expect(first.shareAsked(binOf(0), 1)).toBe(1)
  })

  it('are also told by the size of the history', () => {
    expect(threePeople().shareAsked(binOf(5), 1)).toBeCloseTo(2 / 3, 10)
    expect(threePeople().shareAsked(binOf(5), 8)).toBe(0.5)
    expect(threePeople().shareAsked(binOf(5), 9)).toBeNull()
  })
})

describe('prompts a person and month', () => {
  it('count every month with a sign-in, the quiet ones too', () => {
    const months = personMonths()
    const [ada, ben] = [0, 3]
    // Ada: 2 prompts in the first 30 days, none in the next; Ben: one month, 1 prompt.
    months.add(ada, 0, true)
    months.add(ben, 5 * DAY_MS, true)
    months.add(ada, 29 * DAY_MS, true)
    months.add(ada, 31 * DAY_MS, false)
    expect(months.summary()).toEqual({ mean: 1, p50: 1, p95: 2, p99: 2 })
    expect(personMonths().summary()).toBeNull()
  })
})

describe('decision times', () => {
  it('are told in microseconds, at most two per cent too high', () => {
    const times = decisionTimes()
    for (let count = 1; count <= 100; count += 1) times.add(count * 1000)
    expect(times.quantile(0.5)).toBeGreaterThanOrEqual(50)
    expect(times.quantile(0.5)).toBeLessThan(51.1)
    expect(times.quantile(0.99)).toBeGreaterThanOrEqual(99)
    expect(decisionTimes().quantile(0.5)).toBeNull()
  })
})

describe('the median', () => {
  it('is the middle one, or between the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, null])
  })
})

describe('seeds', () => {
  it('are merged to mean and deviation of those that have the figure', () => {
    const merged = mergeSeeds([{ a: 1, b: 5 }, { a: 3 }])
    expect(merged['a']).toEqual({ mean: 2, deviation: Math.SQRT2, least: 1, most: 3, seeds: 2 })
    expect(merged['b']).toEqual({ mean: 5, deviation: 0, least: 5, most: 5, seeds: 1 })
  })
})

describe('the collector', () => {
  const settled = { person: 0, history: 10 }

  /** A hundred sign-ins with scores 0 to 99 / 10, every tenth in private windows, and ten attackers. */
  function collected() {
    const into = collector()
    for (let index = 0; index < 100; index += 1) {
      const groups = index % 10 === 9 ? ['private-often', 'quiet'] : [index < 50 ? 'campaign' : 'quiet']
      const judgement = { score: index / 10, prompts: index >= 90 || index === 0 }
      into.add(trueEvent(signInEvent(index / 10), '', groups), judgement, settled)
    }
    for (let index = 0; index < 10; index += 1) {
      into.add(trueEvent(signInEvent(11), 'naive'), { score: 9 + index, prompts: index > 0 }, settled)
    }
    return into
  }

  it('takes thresholds from attackers and rates from people', () => {
    const figures = collected().figures()
    expect(figures[figure.promptRate('naive', 0.95)]).toBe(0.1)
    // Scores 9.0 to 9.8 of the ninety without private windows.
    expect(figures[figure.promptRateWithoutPrivate('naive', 0.95)]).toBe(0.1)
    expect(figures[figure.groupPromptRate('private-often', 'naive', 0.95)]).toBe(0.1)
    expect(figures[figure.stopped('naive', 0.01)]).toBe(0.9)
    expect(figures[figure.promptRate('vpn', 0.95)]).toBeUndefined()
  })

  it('tells the prompts and the attackers stopped as installed', () => {
    const figures = collected().figures()
    expect(figures[figure.defaultPromptRate(EVERYBODY)]).toBeCloseTo(0.11, 10)
    expect(figures[figure.defaultStopped('naive')]).toBe(0.9)
    // 1 of 45 in the campaign, 10 of 55 in quiet weeks.
    expect(figures[figure.campaignRatio()]).toBeCloseTo(1 / 45 / (10 / 55), 10)
  })

  it('leaves people and attackers without ten sign-ins of history out of rates and thresholds', () => {
    const into = collected()
    const before = into.figures()
    into.add(trueEvent(signInEvent(12)), { score: 50, prompts: true }, { person: 0, history: 9 })
    into.add(trueEvent(signInEvent(12), 'naive'), { score: -50, prompts: false }, { person: 0, history: 9 })
    const { [figure.defaultPromptRateFromTheStart()]: fromTheStart, ...others } = into.figures()
    expect(fromTheStart).toBeCloseTo(12 / 101, 10)
    const settled = [figure.promptRate('naive', 0.95), figure.defaultStopped('naive'), figure.auc('naive')]
    for (const name of settled) expect(others[name]).toBe(before[name])
  })

  it('takes thresholds for a size of history from attackers of people with just that', () => {
    const into = collector()
    for (let history = 0; history <= 8; history += 1) {
      into.add(trueEvent(signInEvent(history)), { score: history, prompts: false }, { person: 0, history })
    }
    into.add(trueEvent(signInEvent(9), 'targeted'), { score: 6, prompts: true }, { person: 0, history: 8 })
    into.add(trueEvent(signInEvent(9), 'targeted'), { score: 8, prompts: true }, { person: 0, history: 20 })
    const figures = into.figures()
    expect(figures[figure.reauthenticationsBySize('targeted', 0.98, 8)]).toBe(3)
    expect(figures[figure.reauthentications('targeted', 0.98, 8)]).toBe(1)
  })
})

describe('a run', () => {
  /** Keeps a diary of what it is told. */
  function diarist(): { readonly policy: Policy; readonly diary: string[] } {
    const diary: string[] = []
    const policy: Policy = {
      name: 'diarist',
      judge: () => ({ score: 0, prompts: false }),
      learn: ({ cookie }) => diary.push(`learn ${cookie}`),
      fail: ({ cookie }) => diary.push(`fail ${cookie}`),
      profileBytes: () => 7,
    }
    return { policy, diary }
  }

  it('never lets a policy learn an attacker, and tells it of every wrong password', () => {
    const { policy, diary } = diarist()
    const events = [
      trueEvent(signInEvent(0, { cookie: 'own' })),
      trueEvent(signInEvent(1, { cookie: 'thief' }), 'naive'),
      trueEvent(signInEvent(2, { cookie: 'typo', successful: false })),
      trueEvent(signInEvent(3, { cookie: 'guess', successful: false }), 'stuffing'),
    ]
    const result = runSeed({ seed: 4, events, policies: [policy], onProgress: () => undefined })
    expect(diary).toEqual(['learn own', 'fail typo', 'fail guess'])
    expect(result).toMatchObject({ seed: 4, people: 1, signIns: 1, attacks: 1, wrongPasswords: 2 })
    expect(result.policies[0]?.figures[figure.profileBytes()]).toBe(7)
  })

  it('counts the history in sign-ins learned, so attacks do not make it longer', () => {
    const { policy } = diarist()
    const own = Array.from({ length: 10 }, (_, day) => trueEvent(signInEvent(day)))
    const attacks = [trueEvent(signInEvent(8.5), 'early'), trueEvent(signInEvent(20), 'late')]
    const events = [...own.slice(0, 9), attacks[0]!, own[9]!, attacks[1]!]
    const { figures } = runSeed({ seed: 1, events, policies: [policy], onProgress: () => undefined }).policies[0]!
    expect(figures[figure.defaultStopped('early')]).toBeUndefined()
    expect(figures[figure.defaultStopped('late')]).toBe(0)
  })
})
