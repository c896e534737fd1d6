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

/** What is needed to find an answer: what was shown at enrolment, and the question, if the kind has one. */
export interface Posed extends EnrollmentReveal, AskedQuestion {
  /** The code sent with the question; null for kinds that send none. */
  readonly sentCode: string | null
}

export interface FactorKindUnderTest {
  make(): FactorKind
  /** The input of an enrolment. */
  readonly given?: Given
  /** For kinds whose material comes with the first proof: proves it, and returns the factor after that. */
  readonly prove?: (kind: FactorKind, owner: AccountId, factor: Factor) => Promise<Factor>
  /** For kinds that send codes: the newest one. */
  readonly sentCode?: () => string
  /** A right answer at this time. */
  rightAnswer(posed: Posed, now: Date): Answer
  /** For kinds without questions: another right answer after the first was used, and its time. */
  nextAnswer?(posed: Posed, now: Date): { readonly answer: Answer; readonly now: Date }
  /** Well-formed and wrong. */
  wrongAnswer(posed: Posed, now: Date): Answer
  /** The plain secrets that were shown or sent; none may be stored. */
  secretsIn(posed: Posed): readonly string[]
  /** The judgement of altered material. */
  ofAltered: 'unreadable' | 'wrong'
}

const MALFORMED = ['', ' ', '0', '1'.repeat(4096), '\u0000', '१२३४५६', '{"$gt":""}', '__proto__', '\ud800', 'NaN', '-1']

/** Another base64url character, different in every bit that counts. */
const flip = (character: string): string => (character === 'A' ? 'Q' : 'A')

/** What every kind of factor must do. */
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

    it('stores nothing of what it shows or sends', async () => {
      const about = await posed()
      const kept = JSON.stringify([about.factor.material, about.question])
      const secrets = under.secretsIn(about)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of secrets) expect(kept).not.toContain(secret)
    })

    it('makes different secrets every time', async () => {
      const secrets: string[] = []
      for (let nth = 0; nth < 10; nth += 1) secrets.push(...under.secretsIn(await posed()))
      // Two of a million codes may collide; three that do are no accident.
      expect(new Set(secrets).size).toBeGreaterThanOrEqual(secrets.length - 1)
    })

    it('stores plain values only, which every store represents alike', async () => {
      const { factor, question } = await posed()
      expect(JSON.parse(JSON.stringify(factor.material))).toEqual(factor.material)
      for (const value of Object.values(question)) {
        expect(value === null || value instanceof Date || ['string', 'number'].includes(typeof value)).toBe(true)
      }
    })

    it('judges a right answer right and a wrong one wrong, and changes nothing', async () => {
      const about = await posed()
      const before = structuredClone(about.factor)
      expect(await judgeAt(about, under.wrongAnswer(about, NOW))).toEqual({ kind: 'wrong' })
      expect(await judgeAt(about, under.rightAnswer(about, NOW))).toMatchObject({ kind: 'right' })
      expect(await judgeAt(about, under.rightAnswer(about, NOW))).toMatchObject({ kind: 'right' })
      expect(about.factor).toEqual(before)
    })

    it('judges malformed and missing answers wrong and never throws', async () => {
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
      it('returns with a right answer what lets it succeed once, and leaves the next one valid', async () => {
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
      // The challenge is removed with its answer, so the challenge makes the answer single-use.
      it('accepts an answer for the question it was asked with, and for no other', async () => {
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

    it('accepts nothing when the material was altered, and does not throw', async () => {
      const about = await posed()
      const answer = under.rightAnswer(about, NOW)
      const altered = JSON.parse(
        JSON.stringify(about.factor.material).replace(/[A-Za-z0-9_-]{22,}/g, (text) => text.replace(/.$/, flip)),
      ) as typeof about.factor.material
      const judgedBy = (material: typeof about.factor.material) =>
        judgeAt({ ...about, factor: { ...about.factor, material } }, answer)
      expect(await judgedBy(altered)).toEqual({ kind: under.ofAltered })
      for (const material of [{}, { codes: 'x' }, { sealedSecret: 7 }, { codes: null }]) {
        expect((await judgedBy(material)).kind).not.toBe('right')
      }
    })

    it('belongs to one person: another person’s secrets do not open it', async () => {
      const [mine, theirs] = [await posed(), await posed()]
      const answer = under.rightAnswer(theirs, NOW)
      expect(await judgeAt(mine, answer)).toEqual({ kind: 'wrong' })
      const moved = { ...mine.factor, id: newId<typeof mine.factor.id>(), material: theirs.factor.material }
      const judged = await judgeAt({ ...theirs, owner: mine.owner, factor: moved }, answer)
      expect(under.ofAltered === 'unreadable' ? judged.kind : 'unreadable').toBe('unreadable')
    })
  })
}
