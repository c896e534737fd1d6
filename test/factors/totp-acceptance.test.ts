import { generateSync } from 'otplib'
import { totpFactor } from '../../src/factors/totp/index.js'
import { sealedFor, type TotpMaterial } from '../../src/factors/totp/totp-material.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type FactorId } from '../../src/kernel/ids.js'
import { advanced, codeAnswer, enrolled, factorOf, judge, secretsOf } from './world.js'

const secrets = secretsOf('k1')
const kindWith = (pastSteps: number, stepsAhead = 1) =>
  totpFactor({ secrets }, { issuer: 'Stepgate', pastSteps, stepsAhead, maxDriftSteps: 2, challengeSeconds: 300 })

/** A factor with a given seed, as if it had been enrolled with these parameters. */
function withSeed(
  seed: Buffer,
  parameters: Omit<TotpMaterial, 'sealedSecret' | 'lastTimeStep' | 'usedTimeSteps' | 'driftSteps'>,
) {
  const [owner, id] = [newId<AccountId>(), newId<FactorId>()]
  const material = { ...parameters, sealedSecret: secrets.seal(base32(seed), sealedFor(owner, id)), lastTimeStep: 0 }
  return { owner, factor: factorOf(kindWith(0), id, material) }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(parseInt(five.padEnd(5, '0'), 2))).join('')
}

describe('R006 the accepted codes', () => {
  const STEP_START = new Date('2026-03-02T09:00:00.000Z')

  it.each([
    { profile: 'default', pastSteps: 1, stepsAhead: 1, ahead: 1, within: 0 },
    { profile: 'no step ahead', pastSteps: 1, stepsAhead: 0, ahead: 0, within: 0 },
    { profile: 'default', pastSteps: 1, stepsAhead: 1, ahead: 1, within: 29 },
    { profile: 'no step ahead', pastSteps: 1, stepsAhead: 0, ahead: 0, within: 29 },
    { profile: 'strict', pastSteps: 0, stepsAhead: 1, ahead: 0, within: 0 },
    { profile: 'strict', pastSteps: 0, stepsAhead: 1, ahead: 0, within: 29 },
  ])(
    'are the current one, $pastSteps before and $ahead after it ($profile profile, $within s into a step)',
    async (row) => {
      const kind = kindWith(row.pastSteps, row.stepsAhead)
      const { owner, factor, reveal } = await enrolled(kind)
      const now = secondsAfter(STEP_START, row.within)
      const current = Math.floor(now.getTime() / 30_000)
      for (let skew = -120; skew <= 120; skew++) {
        const epoch = now.getTime() / 1000 + skew
        const answer = codeAnswer(generateSync({ secret: reveal.totp?.secret ?? '', epoch }))
        const step = Math.floor(epoch / 30)
        const expected = step <= current + row.ahead && step >= current - row.pastSteps ? 'right' : 'wrong'
        const { kind: judgement } = await judge(kind, { accountId: owner, factor, answer, now })
        expect({ skew, judgement }).toEqual({ skew, judgement: expected })
      }
    },
  )
})

describe("R001 an app's code", () => {
  it('is right once: not again in the step it was used in, and no older one after it', async () => {
    const kind = kindWith(1)
    const { owner, factor, reveal } = await enrolled(kind)
    const now = new Date('2026-03-02T09:00:10.000Z')
    const codeAt = (at: Date) => generateSync({ secret: reveal.totp?.secret ?? '', epoch: at.getTime() / 1000 })
    const answered = (code: string, material: typeof factor.material) =>
      judge(kind, { accountId: owner, factor: { ...factor, material }, answer: codeAnswer(code), now })
    const first = await answered(codeAt(now), factor.material)
    if (first.kind !== 'right') throw new Error('the right answer was wrong')
    const used = advanced(factor.material, first.advance)
    if (!used) throw new Error('the first use did not hold')
    expect((await answered(codeAt(now), used)).kind).toBe('wrong')
    expect((await answered(codeAt(secondsAfter(now, -30)), used)).kind).toBe('wrong')
    expect((await answered(codeAt(secondsAfter(now, -30)), factor.material)).kind).toBe('right')
  })
})

/** RFC 6238 appendix B: the seeds are 20, 32 and 64 bytes of the same ten digits. */
describe('R008 the vectors of RFC 6238', () => {
  const VECTORS: readonly (readonly [number, string, string, string])[] = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ]
  const ALGORITHMS = [
    { algorithm: 'sha1', bytes: 20, column: 1 },
    { algorithm: 'sha256', bytes: 32, column: 2 },
    { algorithm: 'sha512', bytes: 64, column: 3 },
  ] as const

  describe.each(ALGORITHMS)('with $algorithm', ({ algorithm, bytes, column }) => {
    it.each(VECTORS)('are right at second %i', async (...row) => {
      const seed = Buffer.from('1234567890'.repeat(7).slice(0, bytes))
      const { owner, factor } = withSeed(seed, { algorithm, digits: 8, periodSeconds: 30 })
      const now = new Date(row[0] * 1000)
      const judged = (code: string) => judge(kindWith(0), { accountId: owner, factor, answer: codeAnswer(code), now })
      const code = row[column]
      expect((await judged(code)).kind).toBe('right')
      expect((await judged(code.slice(2))).kind).toBe('wrong')
      expect((await judged(code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)))).kind).toBe('wrong')
    })
  })
})

/** RFC 4226 appendix D: HOTP's counter is TOTP's time step. Step 0 is earlier than any code of ours. */
describe('R008 the vectors of RFC 4226', () => {
  const CODES = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']

  it.each(CODES.map((code, counter) => ({ code, counter })))('are right at step $counter: $code', async (row) => {
    const seed = Buffer.from('12345678901234567890')
    const { owner, factor } = withSeed(seed, { algorithm: 'sha1', digits: 6, periodSeconds: 30 })
    const fresh = { ...factor, material: { ...factor.material, lastTimeStep: -1 } }
    const now = new Date(row.counter * 30_000)
    const answer = codeAnswer(row.code)
    const judged = await judge(kindWith(0), { accountId: owner, factor: fresh, answer, now })
    expect(judged).toMatchObject({ kind: 'right', advance: { set: { lastTimeStep: row.counter } } })
  })
})

describe('R025 a seed and the keys that seal it', () => {
  it('opens after the keys were rotated, and is resealed by the next right answer', async () => {
    const kind = kindWith(1)
    const { owner, factor, reveal } = await enrolled(kind)
    const now = new Date('2026-03-02T09:00:00.000Z')
    const answer = codeAnswer(generateSync({ secret: reveal.totp?.secret ?? '', epoch: now.getTime() / 1000 }))
    const settings = { issuer: 'Stepgate', pastSteps: 1, stepsAhead: 1, maxDriftSteps: 2, challengeSeconds: 300 }
    const rotated = totpFactor({ secrets: secretsOf('k2', 'k1') }, settings)
    const judged = await judge(rotated, { accountId: owner, factor, answer, now })
    expect(judged).toMatchObject({ kind: 'right', advance: { set: { sealedSecret: expect.stringMatching(/^k2\./) } } })
    const without = totpFactor({ secrets: secretsOf('k2') }, settings)
    expect(await judge(without, { accountId: owner, factor, answer, now })).toEqual({ kind: 'unreadable' })
  })
})
