import type { AuditLog } from '../audit/index.js'
import type { Answer, Judgement } from '../factors/index.js'
import type { ChallengeId } from '../kernel/ids.js'
import { endingWithAll } from '../sessions/index.js'
import { expiredEvent, failureEvents } from './challenge-events.js'
import { failureNotices } from './challenge-notices.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson } from './ports.js'
import { passChallenge, type PassDeps } from './pass-challenge.js'
import { factorOf, findOpen, spendAttempt, type SpendDeps, type SpentChallenge } from './spend-attempt.js'
import type { AnswerInput, VerifyChallengeInput, VerifyChallengeOutcome } from './verification.js'

export interface VerifyChallengeDeps extends SpendDeps, PassDeps {
  readonly audit: AuditLog
}

/** Checks the answer to a challenge and, when it is right, raises the session the challenge belongs to. */
export async function verifyChallenge(
  deps: VerifyChallengeDeps,
  input: VerifyChallengeInput,
): Promise<VerifyChallengeOutcome> {
  // The attempt is spent before the answer is checked, so parallel guesses cannot share one attempt.
  const waiting = findWaiting(deps, input)
  if (waiting) return { kind: 'waiting', attemptsLeft: waiting.attemptsLeft }
  const open = findOpen(input.person, input.challengeId, deps.clock.now())
  if (open && !canBeAnswer(deps, input, open)) return noAnswer(open.attemptsLeft)
  const spent = await spendAttempt(deps, input.person, input.challengeId)
  if (spent.kind === 'not-available') await recordLateness(deps, input)
  return spent.kind === 'spent' ? judgeSpent(deps, input, spent) : spent
}

/** Judges an answer whose attempt is spent. */
export async function judgeSpent(
  deps: VerifyChallengeDeps,
  input: AnswerInput,
  spent: SpentChallenge,
): Promise<VerifyChallengeOutcome> {
  const judgement = await judge(deps, input.answer, spent)
  if (judgement.kind !== 'right') return answerWrong(deps, input, spent, judgement)
  const passed = await passChallenge(deps, input, spent, judgement)
  // Correct, but a parallel answer used the code first, so for this caller it is a wrong answer.
  return passed.kind === 'passed' ? passed : answerWrong(deps, input, spent, passed)
}

/** A challenge that another device must answer first: this caller has nothing to guess, so no attempt is spent. */
function findWaiting(
  { kinds, clock }: VerifyChallengeDeps,
  { person, challengeId }: VerifyChallengeInput,
): Challenge | null {
  const challenge = findChallenge(person, challengeId)
  if (!challenge || challenge.expiresAt <= clock.now()) return null
  return kinds.get(challenge.factorType)?.isWaiting?.(challenge.question) ? challenge : null
}

/** The outcome of an answer that does not have the right form: it guesses nothing, so it costs no attempt (R023). */
export const noAnswer = (attemptsLeft: number) =>
  ({ kind: 'wrong-answer', attemptsLeft, notify: () => Promise.resolve() }) as const

function canBeAnswer(
  { kinds }: VerifyChallengeDeps,
  { person, answer }: VerifyChallengeInput,
  challenge: Challenge,
): boolean {
  const factor = factorOf(person, challenge)
  const { purpose } = challenge
  return !factor || (kinds.get(factor.type)?.canBeAnswer?.({ factor, purpose, answer }) ?? true)
}

/** One event for a challenge that is answered too late, however often that is tried: the caller cannot tell. */
async function recordLateness(deps: VerifyChallengeDeps, input: VerifyChallengeInput): Promise<void> {
  const { person, challengeId, context } = input
  const challenge = findChallenge(person, challengeId)
  if (!challenge || challenge.expiresAt > deps.clock.now()) return
  const address = { accountId: person.account.id, sessionId: person.session.id, factorId: challenge.factorId }
  await deps.challenges.cancel(address, challengeId, deps.audit.prepare([expiredEvent(person, challenge, context)]))
}

async function judge(deps: VerifyChallengeDeps, answer: Answer, spent: SpentChallenge): Promise<Judgement> {
  const { factor, person, challenge } = spent
  const kind = deps.kinds.get(factor.type)
  if (!kind) return { kind: 'wrong' }
  const { id: challengeId, purpose, question } = challenge
  const now = deps.clock.now()
  return kind.judge({ accountId: person.account.id, factor, challengeId, purpose, question, answer, now })
}

const findChallenge = ({ session }: ChallengedPerson, id: ChallengeId): Challenge | undefined =>
  Object.values(session.challenges).find((each) => each.id === id)

/** The cost of a wrong answer beyond its attempt, wherever it was given: the session, the factor, and the events. */
export async function answerWrong(
  deps: Pick<VerifyChallengeDeps, 'challenges' | 'settings' | 'audit' | 'notices'>,
  input: Pick<AnswerInput, 'context'>,
  spent: SpentChallenge,
  judgement: Exclude<Judgement, { kind: 'right' }>,
): Promise<Extract<VerifyChallengeOutcome, { kind: 'wrong-answer' }>> {
  const { person, challenge, factor } = spent
  const accountId = person.account.id
  const limit = deps.settings.factorFailureLimit
  const isExhausted = challenge.attemptsLeft <= 0
  if (isExhausted && person.session.state === 'pending') {
    const ending = endingWithAll(person.sessions, [person.session.id])
    await deps.challenges.endExhausted(accountId, person.session.id, ending)
  }
  const { context } = input
  const eventsIf = (isDisabled: boolean) => failureEvents({ ...spent, judgement, isExhausted, isDisabled, context })
  const isDisabled =
    factor.status === 'ACTIVE' &&
    factor.consecutiveFailures >= limit &&
    (await deps.challenges.disableFactor(accountId, factor.id, limit, deps.audit.prepare(eventsIf(true))))
  // Without a change that takes them along, they are recorded by themselves.
  if (!isDisabled) await deps.audit.record(eventsIf(false))
  const notices = failureNotices({ ...spent, isExhausted, isDisabled, attempts: deps.settings.attempts, context })
  const notify = async () => {
    for (const notice of notices) await deps.notices.tell(notice)
  }
  return { kind: 'wrong-answer', attemptsLeft: challenge.attemptsLeft, notify }
}
