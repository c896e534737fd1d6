import { codesLeft, type Answer, type EnrollmentReveal, type Factor, type FactorKind } from '../../src/factors/index.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import {
  advanced,
  askAbout,
  codeAnswer,
  enrolled,
  judge,
  NO_ANSWER,
  NOW,
  type AskedQuestion,
  type Given,
} from '../factors/world.js'

/** What an answer is found by: what was shown at enrolment, and the question, if the kind asks one. */
export interface Posed extends EnrollmentReveal, AskedQuestion {
  /** The code that was sent with the question; null for kinds that send none. */
  readonly sentCode: string | null
}

export interface FactorKindUnderTest {
  make(): FactorKind
  /** What an enrolment has to be given. */
  readonly given?: Given
  /** For kinds whose material comes with the first proof: gives it, and answers the factor as it is then. */
  readonly prove?: (kind: FactorKind, owner: AccountId, factor: Factor) => Promise<Factor>
  /** For kinds that send codes: the newest one. */
  readonly sentCode?: () => string
  /** An answer that is right at the given moment. */
  rightAnswer(posed: Posed, now: Date): Answer
  /** For kinds that ask nothing: another one that is right after the first was used, and when. */
  nextAnswer?(posed: Posed, now: Date): { readonly answer: Answer; readonly now: Date }
  /** Well-formed and wrong. */
  wrongAnswer(posed: Posed, now: Date): Answer
  /** The plain secrets of what was shown or sent; none may be kept. */
  secretsIn(posed: Posed): readonly string[]
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
    const { nextAnswer } = under

    /** An active factor with a question about it. */
    async function posed(): Promise<Posed & Pick<Awaited<ReturnType<typeof enrolled>>, 'owner' | 'factor'>> {
      const { owner, factor: begun, reveal } = await enrolled(kind, newId(), under.given)
      const factor = (await under.prove?.(kind, owner, begun)) ?? begun
      const asked = await askAbout(kind, owner, factor)
      return { owner, factor, ...reveal, ...asked, sentCode: under.sentCode?.() ?? null }
    }

    const judgeAt = (
      { owner, factor, challengeId, question }: Awaited<ReturnType<typeof posed>>,
      answer: Answer,
      now = NOW,
    ) => judge(kind, { accountId: owner, factor, challengeId, question, answer, now })

    it('keeps nothing of what it shows or sends', async () => {
      const about = await posed()
      const kept = JSON.stringify([about.factor.material, about.question])
      const secrets = under.secretsIn(about)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of secrets) expect(kept).not.toContain(secret)
    })

    it('makes other secrets every time', async () => {
      const secrets: string[] = []
      for (let nth = 0; nth < 10; nth += 1) secrets.push(...under.secretsIn(await posed()))
      // Of a million codes two may meet; three that do are no accident.
      expect(new Set(secrets).size).toBeGreaterThanOrEqual(secrets.length - 1)
    })

    it('keeps plain values only, which every store holds alike', async () => {
      const { factor, question } = await posed()
      expect(JSON.parse(JSON.stringify(factor.material))).toEqual(factor.material)
      for (const value of Object.values(question)) {
        expect(value === null || value instanceof Date || ['string', 'number'].includes(typeof value)).toBe(true)
      }
    })

    it('calls a right answer right and a wrong one wrong, and changes nothing by judging', async () => {
      const about = await posed()
      const before = structuredClone(about.factor)
      expect(await judgeAt(about, under.wrongAnswer(about, NOW))).toEqual({ kind: 'wrong' })
      expect(await judgeAt(about, under.rightAnswer(about, NOW))).toMatchObject({ kind: 'right' })
      expect(await judgeAt(about, under.rightAnswer(about, NOW))).toMatchObject({ kind: 'right' })
      expect(about.factor).toEqual(before)
    })

    it('calls malformed and missing answers wrong and never throws', async () => {
      const about = await posed()
      const answers: Answer[] = [
        NO_ANSWER,
        ...MALFORMED.map(codeAnswer),
        ...MALFORMED.map((recoveryCode) => ({ ...NO_ANSWER, recoveryCode })),
        ...MALFORMED.map((webauthn) => ({ ...NO_ANSWER, webauthn })),
      ]
      for (const answer of answers) expect(await judgeAt(about, answer)).toEqual({ kind: 'wrong' })
    })

    if (nextAnswer) {
      it('says with a right answer what lets it succeed once, and leaves the next one good', async () => {
        const about = await posed()
        const judged = await judgeAt(about, under.rightAnswer(about, NOW))
        if (judged.kind !== 'right') throw new Error('the right answer was wrong')
        expect(Object.keys(judged.advance.where).length).toBeGreaterThan(0)

        const after = advanced(about.factor.material, judged.advance)
        if (!after) throw new Error('the advance does not hold for the material it was judged by')
        // Two that judged the same material: the second update finds that it no longer holds.
        expect(advanced(after, judged.advance)).toBeNull()
        const used = { ...about, factor: { ...about.factor, material: after } }
        expect(await judgeAt(used, under.rightAnswer(about, NOW))).toEqual({ kind: 'wrong' })
        const next = nextAnswer(about, NOW)
        expect(await judgeAt(used, next.answer, next.now)).toMatchObject({ kind: 'right' })
      })
    } else {
      // The challenge goes with its answer, so single use is the challenge's affair.
      it('takes an answer for the question it was asked with, and for no other', async () => {
        const about = await posed()
        const answer = under.rightAnswer(about, NOW)
        const other = await askAbout(kind, about.owner, about.factor)
        expect((await judgeAt({ ...about, ...other }, answer)).kind).toBe('wrong')
        expect((await judgeAt({ ...about, challengeId: other.challengeId }, answer)).kind).toBe('wrong')
        expect((await judgeAt({ ...about, question: {} }, answer)).kind).toBe('wrong')
        expect((await judgeAt(about, answer)).kind).toBe('right')
      })
    }

    it('counts the answers that are left, or says that they do not run out', async () => {
      const about = await posed()
      const before = codesLeft(about.factor)
      const judged = await judgeAt(about, under.rightAnswer(about, NOW))
      const after = judged.kind === 'right' ? advanced(about.factor.material, judged.advance) : null
      if (!after) throw new Error('the right answer did not advance the factor')
      expect(codesLeft({ ...about.factor, material: after })).toBe(before === null ? null : before - 1)
    })

    it('lets nobody in by material that was altered, and does not throw', async () => {
      const about = await posed()
      const answer = under.rightAnswer(about, NOW)
      const altered = JSON.parse(
        JSON.stringify(about.factor.material).replace(/[A-Za-z0-9_-]{24,}/g, (text) => text.replace(/.$/, flip)),
      ) as typeof about.factor.material
      const judgedBy = (material: typeof about.factor.material) =>
        judgeAt({ ...about, factor: { ...about.factor, material } }, answer)
      expect(await judgedBy(altered)).toEqual({ kind: under.ofAltered })
      for (const material of [{}, { codes: 'x' }, { sealedSecret: 7 }, { codes: null }]) {
        expect((await judgedBy(material)).kind).not.toBe('right')
      }
    })

    it('is one person’s: another person’s secrets do not open it', async () => {
      const [mine, theirs] = [await posed(), await posed()]
      const answer = under.rightAnswer(theirs, NOW)
      expect(await judgeAt(mine, answer)).toEqual({ kind: 'wrong' })
      const moved = { ...mine.factor, id: newId<typeof mine.factor.id>(), material: theirs.factor.material }
      const judged = await judgeAt({ ...theirs, owner: mine.owner, factor: moved }, answer)
      expect(under.ofAltered === 'unreadable' ? judged.kind : 'unreadable').toBe('unreadable')
    })
  })
}
