import { codesLeft, type Answer, type EnrollmentReveal, type FactorKind } from '../../src/factors/index.js'
import { newId } from '../../src/kernel/ids.js'
import { advanced, codeAnswer, enrolled, judge, NO_ANSWER, NOW } from '../factors/world.js'

export interface FactorKindUnderTest {
  make(): FactorKind
  /** An answer that is right at the given moment. */
  rightAnswer(reveal: EnrollmentReveal, now: Date): Answer
  /** Another one that is right after the first was used, and when. */
  nextAnswer(reveal: EnrollmentReveal, now: Date): { readonly answer: Answer; readonly now: Date }
  /** Well-formed and wrong. */
  wrongAnswer(reveal: EnrollmentReveal, now: Date): Answer
  /** The plain secrets of what was shown; none may be kept. */
  secretsIn(reveal: EnrollmentReveal): readonly string[]
  /** What is said of stored material that was altered. */
  ofAltered: 'unreadable' | 'wrong'
}

const MALFORMED = ['', ' ', '0', '1'.repeat(4096), '\u0000', '१२३४५६', '{"$gt":""}', '__proto__', '\ud800', 'NaN', '-1']

/** Another character of base64url in every bit that counts. */
const flip = (character: string): string => (character === 'A' ? 'Q' : 'A')

/** What every kind of factor has to do, whatever it is. */
export function describeFactorKind(name: string, under: FactorKindUnderTest): void {
  describe(name, () => {
    const kind = under.make()

    it('keeps nothing of what it shows', async () => {
      const { factor, reveal } = await enrolled(kind)
      const kept = JSON.stringify(factor.material)
      const secrets = under.secretsIn(reveal)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of secrets) expect(kept).not.toContain(secret)
    })

    it('makes other secrets every time', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, () => enrolled(kind)))
      const secrets = all.flatMap(({ reveal }) => under.secretsIn(reveal))
      expect(new Set(secrets).size).toBe(secrets.length)
    })

    it('keeps plain values only, which every store holds alike', async () => {
      const { factor } = await enrolled(kind)
      expect(JSON.parse(JSON.stringify(factor.material))).toEqual(factor.material)
    })

    it('calls a right answer right and a wrong one wrong, and changes nothing by judging', async () => {
      const { owner, factor, reveal } = await enrolled(kind)
      const before = structuredClone(factor)
      const judged = (answer: Answer) => judge(kind, { accountId: owner, factor, answer, now: NOW })
      expect(await judged(under.wrongAnswer(reveal, NOW))).toEqual({ kind: 'wrong' })
      expect(await judged(under.rightAnswer(reveal, NOW))).toMatchObject({ kind: 'right' })
      expect(await judged(under.rightAnswer(reveal, NOW))).toMatchObject({ kind: 'right' })
      expect(factor).toEqual(before)
    })

    it('calls malformed and missing answers wrong and never throws', async () => {
      const { owner, factor } = await enrolled(kind)
      const answers: Answer[] = [
        NO_ANSWER,
        ...MALFORMED.map(codeAnswer),
        ...MALFORMED.map((recoveryCode) => ({ ...NO_ANSWER, recoveryCode })),
      ]
      for (const answer of answers) {
        expect(await judge(kind, { accountId: owner, factor, answer, now: NOW })).toEqual({ kind: 'wrong' })
      }
    })

    it('says with a right answer what lets it succeed once, and leaves the next one good', async () => {
      const { owner, factor, reveal } = await enrolled(kind)
      const judged = await judge(kind, { accountId: owner, factor, answer: under.rightAnswer(reveal, NOW), now: NOW })
      if (judged.kind !== 'right') throw new Error('the right answer was wrong')
      expect(Object.keys(judged.advance.where).length).toBeGreaterThan(0)

      const after = advanced(factor.material, judged.advance)
      if (!after) throw new Error('the advance does not hold for the material it was judged by')
      // Two that judged the same material: the second update finds that it no longer holds.
      expect(advanced(after, judged.advance)).toBeNull()
      const used = { ...factor, material: after }
      const again = await judge(kind, {
        accountId: owner,
        factor: used,
        answer: under.rightAnswer(reveal, NOW),
        now: NOW,
      })
      expect(again).toEqual({ kind: 'wrong' })

      const next = under.nextAnswer(reveal, NOW)
      const judgedNext = await judge(kind, { accountId: owner, factor: used, answer: next.answer, now: next.now })
      expect(judgedNext).toMatchObject({ kind: 'right' })
    })

    it('counts the answers that are left, or says that they do not run out', async () => {
      const { owner, factor, reveal } = await enrolled(kind)
      const before = codesLeft(factor)
      const judged = await judge(kind, { accountId: owner, factor, answer: under.rightAnswer(reveal, NOW), now: NOW })
      const after = judged.kind === 'right' ? advanced(factor.material, judged.advance) : null
      expect(after && codesLeft({ ...factor, material: after })).toBe(before === null ? null : before - 1)
    })

    it('lets nobody in by material that was altered, and does not throw', async () => {
      const { owner, factor, reveal } = await enrolled(kind)
      const answer = under.rightAnswer(reveal, NOW)
      const altered = JSON.parse(
        JSON.stringify(factor.material).replace(/[A-Za-z0-9_-]{24,}/g, (text) => text.replace(/.$/, flip)),
      ) as typeof factor.material
      const judgedBy = (material: typeof factor.material) =>
        judge(kind, { accountId: owner, factor: { ...factor, material }, answer, now: NOW })
      expect(await judgedBy(altered)).toEqual({ kind: under.ofAltered })
      for (const material of [{}, { codes: 'x' }, { sealedSecret: 7 }, { codes: null }]) {
        expect((await judgedBy(material)).kind).not.toBe('right')
      }
    })

    it('is one person’s: another person’s secrets do not open it', async () => {
      const [mine, theirs] = [await enrolled(kind), await enrolled(kind)]
      const answer = under.rightAnswer(theirs.reveal, NOW)
      expect(await judge(kind, { accountId: mine.owner, factor: mine.factor, answer, now: NOW })).toEqual({
        kind: 'wrong',
      })
      const moved = { ...mine.factor, material: theirs.factor.material }
      const judged = await judge(kind, { accountId: mine.owner, factor: { ...moved, id: newId() }, answer, now: NOW })
      expect(under.ofAltered === 'unreadable' ? judged.kind : 'unreadable').toBe('unreadable')
    })
  })
}
