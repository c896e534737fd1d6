import type { Factor, FactorKinds } from '../factors/index.js'
import { isExpired } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { ChallengeId } from '../kernel/ids.js'
import { LOST, settleOn } from '../kernel/settle.js'
import { spendStepUpAttempt, type SpentAttempt, type StepUpBudget, type StepUpRule } from '../limits/index.js'
import type { Challenge, ChallengeSettings } from './challenge.js'
import { mayBeAsked } from './may-be-asked.js'
import type { ChallengedPerson, ChallengeStore, SpendAttempt } from './ports.js'

export interface SpendDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly clock: Clock
  readonly settings: ChallengeSettings
  readonly stepUpRule: StepUpRule
}

/** A challenge with one attempt spent, and its factor and budget after that. */
export interface SpentChallenge {
  readonly kind: 'spent'
  readonly person: ChallengedPerson
  readonly challenge: Challenge
  readonly factor: Factor
  readonly attempt: SpentAttempt
  /** Set when this was the account's last attempt: a wrong answer then locks step-up until this time. */
  readonly locksUntil: Date | null
}

export type SpendOutcome = SpentChallenge | { kind: 'not-available' } | { kind: 'locked'; until: Date }

const NOT_AVAILABLE: SpendOutcome = Object.freeze({ kind: 'not-available' })

/** Spends one attempt of challenge, factor and account at once, or says why none is available. */
export async function spendAttempt(
  deps: SpendDeps,
  asked: ChallengedPerson,
  challengeId: ChallengeId,
): Promise<SpendOutcome> {
  const spent = await settleOn(
    asked,
    ({ account, session }) => deps.challenges.find(account.id, session.id),
    (person) => tryToSpend(deps, person, challengeId),
  )
  return spent ?? NOT_AVAILABLE
}

async function tryToSpend(
  deps: SpendDeps,
  person: ChallengedPerson,
  challengeId: ChallengeId,
): Promise<SpendOutcome | typeof LOST> {
  const now = deps.clock.now()
  const challenge = findOpen(person, challengeId, now)
  return challenge ? spendOn(deps, person, challenge, (spend) => deps.challenges.spendAttempt(spend)) : NOT_AVAILABLE
}

/**
 * Spends one attempt of this challenge with the given update, which holds only while challenge, factor and budget are
 * as read.
 */
export async function spendOn(
  deps: Pick<SpendDeps, 'clock' | 'settings' | 'stepUpRule'>,
  person: ChallengedPerson,
  challenge: Challenge,
  update: (spend: SpendAttempt) => Promise<boolean>,
): Promise<SpendOutcome | typeof LOST> {
  const now = deps.clock.now()
  const factor = factorOf(person, challenge)
  if (!factor || isWornOut(factor, deps.settings) || isExpired(factor, now)) return NOT_AVAILABLE
  // A policy may have forbidden the factor since the challenge began.
  if (!mayBeAsked(person, factor)) return NOT_AVAILABLE
  const budget = spendStepUpAttempt(person.stepUpBudget, deps.stepUpRule, now)
  if (budget.kind === 'locked') return { kind: 'locked', until: budget.until }
  const { attempt, locksUntil } = budget
  const isSpent = await update({
    accountId: person.account.id,
    sessionId: person.session.id,
    factorId: factor.id,
    challenge,
    isEnrollment: challenge.purpose === 'ENROLLMENT',
    now,
    consecutiveFailures: factor.consecutiveFailures,
    budget: budget.update,
  })
  return isSpent ? { ...asSpent(person, challenge, factor, budget.after), attempt, locksUntil } : LOST
}

/**
 * The state after the update, computed instead of read again: the update only succeeds if challenge and budget were as
 * read. Material may have changed; `pass` guards it.
 */
function asSpent(before: ChallengedPerson, challenge: Challenge, factor: Factor, stepUpBudget: StepUpBudget) {
  const spent = { ...challenge, attemptsLeft: challenge.attemptsLeft - 1 }
  const challenges = { ...before.session.challenges, [challenge.factorId]: spent }
  const person = { ...before, stepUpBudget, session: { ...before.session, challenges } }
  const judged = { ...factor, consecutiveFailures: factor.consecutiveFailures + 1 }
  return { kind: 'spent', person, challenge: spent, factor: judged } as const
}

const isWornOut = (factor: Factor, { factorFailureLimit }: ChallengeSettings): boolean =>
  factor.consecutiveFailures >= factorFailureLimit

/** A challenge that can still be answered. */
export function findOpen(person: ChallengedPerson, id: ChallengeId, now: Date): Challenge | null {
  const challenge = Object.values(person.session.challenges).find((candidate) => candidate.id === id)
  return challenge && challenge.expiresAt > now && challenge.attemptsLeft > 0 ? challenge : null
}

/**
 * The factor of a challenge, if it may still be challenged: for an enrolment the waiting one, otherwise an active one.
 */
export function factorOf(person: ChallengedPerson, challenge: Challenge): Factor | null {
  if (challenge.purpose === 'ENROLLMENT') {
    return person.enrollments.find((waiting) => waiting.id === challenge.factorId) ?? null
  }
  const factor = person.factorRecords[challenge.factorId]
  return factor?.status === 'ACTIVE' ? factor : null
}
