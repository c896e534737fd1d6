import { generateSync } from 'otplib'
import { totpFactor } from '../../src/factors/totp/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { advanced, codeAnswer, enrolled, judge, secretsOf } from './world.js'

const START = new Date('2026-03-02T09:00:00.000Z')
const settings = { issuer: 'Stepgate', pastSteps: 1, stepsAhead: 1, maxDriftSteps: 2, challengeSeconds: 300 }
const kind = totpFactor({ secrets: secretsOf('k1') }, settings)

/** An enrolled app. `answer` judges the code its phone shows and stores what changes when it passes. */
async function phone() {
  const { owner, factor, reveal } = await enrolled(kind)
  let material = factor.material
  const judged = (now: Date, skew: number) => {
    const epoch = now.getTime() / 1000 + skew
    const answer = codeAnswer(generateSync({ secret: reveal.totp?.secret ?? '', epoch }))
    return judge(kind, { accountId: owner, factor: { ...factor, material }, answer, now })
  }
  const answer = async (now: Date, skew: number) => {
    const judgement = await judged(now, skew)
    if (judgement.kind === 'right') material = advanced(material, judgement.advance) ?? material
    return judgement.kind
  }
  return {
    answer,
    judged,
    drift: () => material['driftSteps'],
    store: (change: object) => (material = { ...material, ...change }),
    forget: () => Reflect.deleteProperty(material, 'driftSteps'),
    advance: (change: Parameters<typeof advanced>[1]) => {
      const next = advanced(material, change)
      if (next) material = next
      return next !== null
    },
  }
}

/** The skews whose codes are right at this moment, as steps from the gateway's own. */
async function accepted(app: Awaited<ReturnType<typeof phone>>, now: Date) {
  const steps = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]
  const judged = await Promise.all(steps.map((step) => app.judged(now, step * 30)))
  return steps.filter((_, place) => judged[place]?.kind === 'right')
}

describe('R006 a phone whose clock is wrong', () => {
  it.each([5, 12, 16, -5, -12, -16])('passes at every second of its step, %i seconds off', async (skew) => {
    const app = await phone()
    // 61 seconds apart: every second of a step, each with a new code.
    for (let turn = 0; turn < 60; turn++)
      expect([turn, await app.answer(secondsAfter(START, turn * 61), skew)]).toEqual([turn, 'right'])
  })

  it.each([1, -1])(
    'is followed to 70 seconds, with the window as narrow as before (direction %i)',
    async (direction) => {
      const app = await phone()
      for (let off = 0; off <= 70; off++)
        for (const turn of [0, 1, 2]) {
          const now = secondsAfter(START, (off * 3 + turn) * 131)
          expect([off, await app.answer(now, direction * off)]).toEqual([off, 'right'])
        }
      expect(app.drift()).toBe(direction * 2)
      expect(await accepted(app, secondsAfter(START, 100_000))).toEqual([-1, 0, 1].map((step) => step + direction * 2))
    },
  )

  it('passes as before if its factor was stored without drift', async () => {
    const app = await phone()
    app.forget()
    expect(await accepted(app, START)).toEqual([-1, 0, 1])
    expect(await app.answer(START, 0)).toBe('right')
  })

  it('is followed by two steps at most, even if more are stored', async () => {
    const app = await phone()
    app.store({ driftSteps: 50 })
    expect(await accepted(app, START)).toEqual([1, 2, 3])
  })
})

describe('R001 the moved window', () => {
  it('accepts no code twice and none earlier than a used one', async () => {
    const app = await phone()
    expect(await app.answer(START, 30)).toBe('right')
    expect(app.drift()).toBe(1)
    for (let second = 0; second < 150; second++) {
      const now = secondsAfter(START, second)
      // The used code is always the one that the phone showed at 30 seconds; the other is older.
      expect(await app.answer(now, 30 - second)).toBe('wrong')
      expect(await app.answer(now, -second)).toBe('wrong')
    }
  })

  it('is not moved by old, used or wrong codes', async () => {
    const app = await phone()
    await app.answer(START, 0)
    for (const skew of [-150, -120, -90, -60, -30, 0, 60, 90]) expect(await app.answer(START, skew)).toBe('wrong')
    expect(app.drift()).toBe(0)
  })

  it('moves by one step with each code that passes', async () => {
    const app = await phone()
    expect(await app.answer(START, 60)).toBe('wrong')
    expect(await app.answer(START, 30)).toBe('right')
    expect(app.drift()).toBe(1)
    expect(await app.answer(START, 60)).toBe('right')
    expect(app.drift()).toBe(2)
    expect(await app.answer(START, 90)).toBe('right')
    expect(app.drift()).toBe(2)
  })

  it('lets one of 20 right answers at once pass, and moves once', async () => {
    const app = await phone()
    const judged = await Promise.all(Array.from({ length: 20 }, () => app.judged(START, 30)))
    const held = judged.map((each) => each.kind === 'right' && app.advance(each.advance))
    expect(held.filter(Boolean)).toHaveLength(1)
    expect(app.drift()).toBe(1)
  })
})
