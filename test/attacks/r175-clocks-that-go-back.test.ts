import { generateSync } from 'otplib'
import { totpFactor } from '../../src/factors/totp/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { advanced, codeAnswer, enrolled, judge, secretsOf } from '../factors/world.js'

const HOUR = 3_600
const NOON = new Date('2026-03-02T12:00:00.000Z')
const kind = totpFactor(
  { secrets: secretsOf('k1') },
  { issuer: 'Stepgate', pastSteps: 1, stepsAhead: 1, maxDriftSteps: 2, challengeSeconds: 300 },
)

describe('an authenticator app after the clock of the gateway went back', () => {
  /** An app whose person answers at given times, by the clock of the gateway. */
  async function app() {
    const begun = await enrolled(kind)
    const { owner, reveal } = begun
    let { factor } = begun
    const secret = reveal.totp?.secret ?? ''
    const codeAt = (at: Date) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) })
    const judged = (at: Date, code = codeAt(at)) =>
      judge(kind, { accountId: owner, factor, answer: codeAnswer(code), now: at })
    return {
      codeAt,
      judged,
      answer: async (at: Date, code?: string): Promise<boolean> => {
        const outcome = await judged(at, code)
        const material = outcome.kind === 'right' ? advanced(factor.material, outcome.advance) : null
        if (material !== null) factor = { ...factor, material }
        return material !== null
      },
      factor: () => factor,
    }
  }

  it('accepts a new code at once, an hour or a month earlier', async () => {
    for (const back of [HOUR, 30 * 24 * HOUR]) {
      const { answer } = await app()
      expect(await answer(NOON)).toBe(true)
      expect(await answer(secondsAfter(NOON, -back))).toBe(true)
      expect(await answer(secondsAfter(NOON, 30 - back))).toBe(true)
    }
  })

  it('accepts no code twice, however often the clock goes back and forth', async () => {
    const { answer } = await app()
    const accepted = new Set<number>()
    for (let round = 0; round < 3; round += 1) {
      for (const hours of [0, -1, 2, -3]) {
        for (let step = 0; step < 4; step += 1) {
          const at = secondsAfter(NOON, hours * HOUR + step * 30)
          const isAccepted = await answer(at)
          expect([round, hours, step, isAccepted && accepted.has(at.getTime())]).toEqual([round, hours, step, false])
          if (isAccepted) accepted.add(at.getTime())
        }
      }
    }
    expect(accepted.size).toBeGreaterThanOrEqual(13)
  })

  it('accepts none that it has forgotten: after many answers the oldest count as used', async () => {
    const { answer } = await app()
    for (let step = 0; step < 60; step += 1) expect(await answer(secondsAfter(NOON, step * 30))).toBe(true)
    for (let step = 0; step < 60; step += 1) expect(await answer(secondsAfter(NOON, step * 30))).toBe(false)
    // Even then a later answer counts, and the remembered steps stay few.
    expect(await answer(secondsAfter(NOON, 60 * 30))).toBe(true)
  })

  it('still refuses an older code after a newer one where clocks differ by seconds', async () => {
    const { answer, codeAt } = await app()
    const earlier = codeAt(secondsAfter(NOON, -30))
    expect(await answer(NOON)).toBe(true)
    for (const seconds of [0, -29, -60, -110]) {
      expect(await answer(secondsAfter(NOON, seconds))).toBe(false)
      expect(await answer(secondsAfter(NOON, seconds), earlier)).toBe(false)
    }
  })

  it('refuses the code of the step before, as ever, at the border of a step', async () => {
    const { answer, codeAt } = await app()
    expect(await answer(secondsAfter(NOON, -HOUR + 30))).toBe(true)
    expect(await answer(secondsAfter(NOON, -HOUR + 31), codeAt(secondsAfter(NOON, -HOUR)))).toBe(false)
    expect(await answer(secondsAfter(NOON, -HOUR + 60), codeAt(secondsAfter(NOON, -HOUR + 30)))).toBe(false)
  })

  it('lets one of two answers at once pass, with the same code and with two', async () => {
    const { answer, judged, factor } = await app()
    await answer(NOON)
    const back = secondsAfter(NOON, -HOUR)
    for (const rival of [back, secondsAfter(back, 30)]) {
      const outcomes = [await judged(back), await judged(rival)]
      const holds = outcomes.map((outcome) => (outcome.kind === 'right' ? outcome.advance.where : null))
      const before = factor().material['lastTimeStep']
      // Both hold for the material as read; the first of them changes it.
      expect(holds).toEqual([{ lastTimeStep: before }, { lastTimeStep: before }])
    }
  })

  it('treats a factor from an earlier version as used up to its last step', async () => {
    const { answer, factor } = await app()
    await answer(NOON)
    Reflect.deleteProperty(factor().material, 'usedTimeSteps')
    expect(await answer(secondsAfter(NOON, -HOUR))).toBe(false)
    expect(await answer(secondsAfter(NOON, 30))).toBe(true)
  })
})
