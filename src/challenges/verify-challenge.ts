import { newFactor, type Answer, type Factor, type FactorKinds, type Judgement } from '../factors/index.js'
import type { AuditLog } from '../audit/index.js'
import { newId, type ChallengeId } from '../kernel/ids.js'
import type { AuditContext, RequestOrigin } from '../kernel/request-context.js'
import { giveBackStepUpAttempt, spendStepUpAttempt, type SpentAttempt, type StepUpRule } from '../limits/index.js'
import { raiseSession, type IssuedCredentials, type RaiseDeps, type Session } from '../sessions/index.js'
import { failureEvents, passEvents } from './challenge-events.js'
import type { Challenge, ChallengeSettings } from './challenge.js'
import type { Activation, ChallengedPerson, ChallengeStore } from './ports.js'

export interface VerifyChallengeDeps extends RaiseDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly settings: ChallengeSettings
  readonly stepUpRule: StepUpRule
  readonly maxFactors: number
}

export interface VerifyChallengeInput {
  readonly person: ChallengedPerson
  readonly challengeId: ChallengeId
  readonly answer: Answer
  readonly origin: RequestOrigin
  readonly deviceToken: string | null
  readonly rememberDevice: boolean
  readonly context: AuditContext
}

export type VerifyChallengeOutcome =
  | {
      kind: 'passed'
      session: Session
      credentials: IssuedCredentials
      factor: Factor
      recoveryCodes: readonly string[] | null
    }
  | { kind: 'wrong-answer'; attemptsLeft: number }
  | { kind: 'not-available' } // unknown, expired, spent or someone else's: the caller cannot tell which
  | { kind: 'locked'; until: Date }

const NOT_AVAILABLE = Object.freeze({ kind: 'not-available' })
/** How often an update that lost a race against other answers of the same person is tried again. */
const ROUNDS = 20

/** Checks the answer to a challenge and, when right, raises the session it belongs to. */
export async function verifyChallenge(
  deps: VerifyChallengeDeps,
  input: VerifyChallengeInput,
): Promise<VerifyChallengeOutcome> {
  // The attempt is spent before the answer is checked, so parallel guesses cannot share one attempt.
  const spent = await spendAttempt(deps, input)
  if (spent.kind !== 'spent') return spent
  const judgement = await judge(deps, input, spent)
  if (judgement.kind !== 'right') return answerWrong(deps, input, spent, judgement)
  return pass(deps, input, spent, judgement)
}

interface Spent {
  readonly kind: 'spent'
  readonly person: ChallengedPerson
  readonly challenge: Challenge
  readonly factor: Factor
  readonly attempt: SpentAttempt
}

async function spendAttempt(
  deps: VerifyChallengeDeps,
  input: VerifyChallengeInput,
): Promise<Spent | Extract<VerifyChallengeOutcome, { kind: 'not-available' | 'locked' }>> {
  let person: ChallengedPerson | null = input.person
  for (let round = 0; round < ROUNDS && person; round += 1) {
    const now = deps.clock.now()
    const found = findAnswerable(person, input.challengeId, now)
    if (!found) return NOT_AVAILABLE
    const budget = spendStepUpAttempt(person.stepUpBudget, deps.stepUpRule, now)
    if (budget.kind === 'locked') return { kind: 'locked', until: budget.until }
    const { challenge, factor } = found
    const address = { accountId: person.account.id, sessionId: person.session.id, factorId: factor.id }
    const after = await deps.challenges.spendAttempt({
      ...address,
      challenge,
      isEnrollment: challenge.purpose === 'ENROLLMENT',
      now,
      factorFailureLimit: deps.settings.factorFailureLimit,
      budget: budget.update,
    })
    const answerable = after && recordsOf(after, challenge)
    if (answerable) return { kind: 'spent', person: after, ...answerable, attempt: budget.attempt }
    person = await deps.challenges.find(address.accountId, address.sessionId)
  }
  return NOT_AVAILABLE
}

function findAnswerable(person: ChallengedPerson, challengeId: ChallengeId, now: Date) {
  const challenge = Object.values(person.challenges).find((candidate) => candidate.id === challengeId)
  if (!challenge || challenge.expiresAt <= now || challenge.attemptsLeft <= 0) return null
  return recordsOf(person, challenge)
}

/** The challenge and its factor as the person's document holds them now. */
function recordsOf(person: ChallengedPerson, asked: Challenge): { challenge: Challenge; factor: Factor } | null {
  const challenge = person.challenges[asked.factorId]
  const isEnrollment = asked.purpose === 'ENROLLMENT'
  const factor = isEnrollment
    ? person.enrollments.find((waiting) => waiting.id === asked.factorId)
    : person.factorRecords[asked.factorId]
  if (challenge?.id !== asked.id || !factor) return null
  return isEnrollment || factor.status === 'ACTIVE' ? { challenge, factor } : null
}

async function judge(deps: VerifyChallengeDeps, input: VerifyChallengeInput, spent: Spent): Promise<Judgement> {
  const kind = deps.kinds.get(spent.factor.type)
  if (!kind) return { kind: 'wrong' }
  const { account } = spent.person
  return kind.judge({ accountId: account.id, factor: spent.factor, answer: input.answer, now: deps.clock.now() })
}

async function answerWrong(
  deps: VerifyChallengeDeps,
  input: VerifyChallengeInput,
  spent: Spent,
  judgement: Exclude<Judgement, { kind: 'right' }>,
): Promise<VerifyChallengeOutcome> {
  const { person, challenge, factor } = spent
  const accountId = person.account.id
  const limit = deps.settings.factorFailureLimit
  const isExhausted = challenge.attemptsLeft <= 0
  if (isExhausted && person.session.state === 'pending') {
    await deps.challenges.endExhausted(accountId, person.session.id)
  }
  const isDisabled =
    factor.status === 'ACTIVE' &&
    factor.consecutiveFailures >= limit &&
    (await deps.challenges.disableFactor(accountId, factor.id, limit))
  const lockedUntil = person.stepUpBudget.lockedUntil
  await deps.audit.record(
    failureEvents({ ...spent, judgement, isExhausted, isDisabled, lockedUntil, context: input.context }),
  )
  return { kind: 'wrong-answer', attemptsLeft: challenge.attemptsLeft }
}

async function pass(
  deps: VerifyChallengeDeps,
  input: VerifyChallengeInput,
  spent: Spent,
  judgement: Extract<Judgement, { kind: 'right' }>,
): Promise<VerifyChallengeOutcome> {
  const { challenge, factor } = spent
  const now = deps.clock.now()
  const proof = { factorId: factor.id, type: factor.type, provedAt: now }
  const activated = challenge.purpose === 'ENROLLMENT' ? await activate(deps, spent, now) : null
  let person: ChallengedPerson | null = spent.person
  for (let round = 0; round < ROUNDS && person; round += 1) {
    const stepUp = challenge.stepUpKey === null ? null : (person.session.stepUps[challenge.stepUpKey] ?? null)
    const { origin, deviceToken, rememberDevice } = input
    const raised = raiseSession(deps, { person, proof, stepUp, origin, deviceToken, rememberDevice })
    const isPassed = await deps.challenges.pass({
      accountId: person.account.id,
      sessionId: person.session.id,
      factorId: factor.id,
      challengeId: challenge.id,
      stepUpKey: challenge.stepUpKey,
      advance: judgement.advance,
      at: now,
      budget: giveBackStepUpAttempt(person.stepUpBudget, spent.attempt),
      activation: activated && activated.activation,
      raised: raised.session,
      arrival: raised.arrival,
    })
    if (isPassed) {
      await deps.audit.record(
        passEvents({ person, challenge, factor, raised, activated: activated !== null, context: input.context }),
      )
      const recoveryCodes = activated?.recoveryCodes ?? null
      return { kind: 'passed', session: raised.session, credentials: await raised.issue(), factor, recoveryCodes }
    }
    // The code may have been used by a parallel answer, or only the budget's window may have moved on: look again.
    person = await deps.challenges.find(person.account.id, person.session.id)
    const again = person && recordsOf(person, challenge)
    if (!again || isSpentElsewhere(factor, again.factor)) break
  }
  await deps.audit.record(
    failureEvents({
      ...spent,
      judgement: { kind: 'wrong' },
      isExhausted: false,
      isDisabled: false,
      lockedUntil: null,
      context: input.context,
    }),
  )
  return { kind: 'wrong-answer', attemptsLeft: challenge.attemptsLeft }
}

/** Whether another answer advanced the factor since this one was judged: then what was judged no longer holds. */
function isSpentElsewhere(judged: Factor, current: Factor): boolean {
  return JSON.stringify(judged.material) !== JSON.stringify(current.material)
}

async function activate(deps: VerifyChallengeDeps, spent: Spent, now: Date) {
  const kind = deps.kinds.get('RECOVERY_CODE')
  const isFirst = spent.person.activeFactorCount === 0
  const recovery =
    isFirst && kind
      ? await newFactor(kind, { accountId: spent.person.account.id, factorId: newId(), label: '', name: null, now })
      : null
  const activation: Activation = {
    factor: { ...spent.factor, status: 'ACTIVE', activatedAt: now, lastUsedAt: now, consecutiveFailures: 0 },
    recovery: recovery && { ...recovery.factor, status: 'ACTIVE', activatedAt: now },
    maxFactors: deps.maxFactors,
  }
  return { activation, recoveryCodes: recovery?.reveal.recoveryCodes ?? null }
}
