import { hashOneTimeCode, matchesOneTimeCode, newOneTimeCode } from '../../src/factors/one-time-code.js'
import { newId, type ChallengeId } from '../../src/kernel/ids.js'
import { secretsOf } from './world.js'

const CODES = 20_000
/** Chi-square with 9 degrees of freedom exceeds this once in a hundred million samples of a uniform digit. */
const UNLIKELY = 60

describe('R010: sent codes', () => {
  const codes = Array.from({ length: CODES }, newOneTimeCode)

  it('have six digits, including leading zeros', () => {
    expect(codes.filter((code) => !/^[0-9]{6}$/.test(code))).toEqual([])
    const leading = codes.filter((code) => code.startsWith('0')).length
    expect(leading).toBeGreaterThan(CODES / 20)
    expect(codes.some((code) => code.startsWith('00'))).toBe(true)
  })

  it.each([0, 1, 2, 3, 4, 5])('are uniform in digit %i', (position) => {
    const counts = Array<number>(10).fill(0)
    for (const code of codes) {
      const digit = Number(code[position])
      counts[digit] = (counts[digit] ?? 0) + 1
    }
    const expected = CODES / 10
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(UNLIKELY)
  })

  it('almost never repeat', () => {
    // 20 000 of a million: some 200 are expected to collide.
    expect(new Set(codes).size).toBeGreaterThan(CODES - 400)
  })
})

describe('R011, R025: the stored form of a code', () => {
  const secrets = secretsOf('k1')
  const challengeId = newId<ChallengeId>()
  const hash = hashOneTimeCode(secrets, challengeId, '012345')

  it('does not contain it', () => {
    expect(hash).not.toContain('012345')
    expect(hash).not.toBe(secrets.keyedHash('one-time-code', '012345'))
  })

  it.each(['012345', '012 345', ' 0 1 2 3 4 5 ', '012345 ', '012-345', '012345\n', '\u2066012345\u2069'])(
    'matches it typed as %j',
    (typed) => {
      expect(matchesOneTimeCode(secrets, challengeId, typed, hash)).toBe(true)
    },
  )

  it.each(['12345', '0012345', '012.345', '０１２３４５', '0'.repeat(5000), '', '{"$gt":""}', '\ud800'])(
    'does not match it typed as %j',
    (typed) => {
      expect(matchesOneTimeCode(secrets, challengeId, typed, hash)).toBe(false)
    },
  )

  it('is valid for its own challenge and under its own key only', () => {
    expect(matchesOneTimeCode(secrets, newId<ChallengeId>(), '012345', hash)).toBe(false)
    expect(matchesOneTimeCode(secretsOf('k2'), challengeId, '012345', hash)).toBe(false)
    expect(matchesOneTimeCode(secretsOf('k2', 'k1'), challengeId, '012345', hash)).toBe(true)
  })
})
