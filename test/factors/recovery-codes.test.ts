import { hashRecoveryCode, newRecoveryCode } from '../../src/factors/recovery/recovery-code.js'
import { recoveryFactor } from '../../src/factors/recovery/index.js'
import { advanced, codeAnswer, enrolled, judge, NOW, secretsOf } from './world.js'

const kind = recoveryFactor({ secrets: secretsOf('k1') }, { codes: 10, challengeSeconds: 600 })

describe('R035 recovery codes', () => {
  it('contain at least 64 bits each: 1,000 sets of them are all distinct and use the whole alphabet evenly', () => {
    const codes = Array.from({ length: 10_000 }, newRecoveryCode)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const counts = new Map<string, number>()
    const symbols = codes.flatMap((code) => [...code.replaceAll('-', '')])
    for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
    expect(16 * Math.log2(counts.size)).toBeGreaterThanOrEqual(64)
    const expected = symbols.length / counts.size
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 31 degrees of freedom: chance exceeds 83 less than once in a million runs.
    expect(chiSquare).toBeLessThan(83)
  })

  it('are stored as salted hashes: equal codes hash differently', async () => {
    const [first, second] = [await hashRecoveryCode('0123456789ABCDEF'), await hashRecoveryCode('0123456789ABCDEF')]
    expect(first).not.toBe(second)
    for (const hash of [first, second]) expect(hash).toMatch(/^[\w-]{22}\.[\w-]{22}$/)
  })

  it("also work in lower case, without hyphens, with spaces and with Crockford's look-alikes", async () => {
    const { owner, factor } = await enrolled(kind)
    const symbols = '01AB01CD01EF01GH'
    const known = { ...factor, material: { codes: { c0: await hashRecoveryCode(symbols) } } }
    const typed = [symbols, '01ab-01cd-01ef-01gh', 'oiab olcd OIEF OLGH', ' 01AB-01CD 01EF01GH ']
    for (const text of typed) {
      const judged = await judge(kind, { accountId: owner, factor: known, answer: codeAnswer(text), now: NOW })
      expect({ text, kind: judged.kind }).toEqual({ text, kind: 'right' })
    }
    for (const text of ['01AB_01CD_01EF_01GH', '０1AB01CD01EF01GH', '01AB01CD01EF01G', '01AB01CD01EF01GH0']) {
      const judged = await judge(kind, { accountId: owner, factor: known, answer: codeAnswer(text), now: NOW })
      expect({ text, kind: judged.kind }).toEqual({ text, kind: 'wrong' })
    }
  })

  it('are used by one of two callers judged right by the same code, and the others stay', async () => {
    const { owner, factor } = await enrolled(kind)
    const [used, kept] = ['01AB01CD01EF01GH', '11AB01CD01EF01GH']
    const material = { codes: { c0: await hashRecoveryCode(used), c1: await hashRecoveryCode(kept) } }
    const answered = (text: string) =>
      judge(kind, { accountId: owner, factor: { ...factor, material }, answer: codeAnswer(text), now: NOW })
    const [one, two, other] = [await answered(used), await answered(used), await answered(kept)]
    if (one.kind !== 'right' || two.kind !== 'right' || other.kind !== 'right') throw new Error('a code was wrong')
    const after = advanced(material, one.advance)
    expect(after).toEqual({ codes: { c1: material.codes.c1 } })
    expect(advanced(after ?? {}, two.advance)).toBeNull()
    expect(advanced(after ?? {}, other.advance)).toEqual({ codes: {} })
  })
})
