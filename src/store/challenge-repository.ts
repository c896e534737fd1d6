import { toSignedIn } from './signed-in.js'
import type { Activation, ChallengeStore, SpendAttempt } from '../challenges/index.js'
import { newId } from '../kernel/ids.js'
import type { Session } from '../sessions/index.js'
import type { Filter, Value } from './collection.js'
import { arrivalChanges, arrivalGuard, atEach, under, update } from './paths.js'
import { stored, type People } from './person-document.js'

/** Challenges inside the sessions of the person's document. */
export function challengeRepository(people: People): ChallengeStore {
  return {
    find: async (accountId, sessionId) => toSignedIn(await people.findOne({ _id: accountId }), sessionId),
    open: async ({ accountId, sessionId, challenge, replaces }) => {
      const session = `sessions.${sessionId}`
      const path = `${session}.challenges.${challenge.factorId}`
      return people.changeOne(
        {
          _id: accountId,
          [`${session}.id`]: sessionId,
          [`factors.${challenge.factorId}.status`]: 'ACTIVE',
          ...(replaces
            ? { [`${path}.id`]: replaces.id, [`${path}.attemptsLeft`]: replaces.attemptsLeft }
            : { [path]: { $exists: false } }),
          ...(challenge.stepUpKey === null ? {} : { [`${session}.stepUps.${challenge.stepUpKey}`]: { $exists: true } }),
        },
        { $set: { [path]: stored(challenge) } },
      )
    },
    openEnrollment: async ({ accountId, sessionId, challenge, factor, replaces, drop }) => {
      const session = `sessions.${sessionId}`
      const slot = `enrollments.${factor.type}`
      return people.changeOne(
        {
          _id: accountId,
          [`${session}.id`]: sessionId,
          ...(replaces ? { [`${slot}.id`]: replaces } : { [slot]: { $exists: false } }),
        },
        update({
          $set: { [slot]: stored(factor), [`${session}.challenges.${factor.id}`]: stored(challenge) },
          $unset: atEach(
            drop.map((id) => `${session}.challenges.${id}`),
            true,
          ),
        }),
      )
    },
    spendAttempt: async (attempt) => {
      const path = `sessions.${attempt.sessionId}.challenges.${attempt.factorId}`
      const factor = factorPath(attempt)
      const { $set = {}, $inc = {} } = attempt.budget.change
      return people.changeOne(
        {
          _id: attempt.accountId,
          [`${path}.id`]: attempt.challenge.id,
          [`${path}.expiresAt`]: { $gt: attempt.now },
          [`${path}.attemptsLeft`]: attempt.challenge.attemptsLeft,
          [`${factor}.id`]: attempt.factorId,
          [`${factor}.status`]: attempt.isEnrollment ? 'PENDING' : 'ACTIVE',
          [`${factor}.consecutiveFailures`]: attempt.consecutiveFailures,
          ...under('stepUpBudget', attempt.budget.guard),
        },
        update({
          $set: under('stepUpBudget', $set),
          $inc: {
            ...under('stepUpBudget', $inc),
            [`${path}.attemptsLeft`]: -1,
            [`${factor}.consecutiveFailures`]: 1,
          },
        }),
      )
    },
    pass: async (input) => {
      const { accountId, sessionId, factorId, activation, advance, raised } = input
      const session = `sessions.${sessionId}`
      const factor = activation ? `enrollments.${activation.factor.type}` : `factors.${factorId}`
      const arrived = arrivalChanges(input.arrival)
      const { $set: budgetSet = {}, $inc: budgetInc = {} } = input.budget.change
      const guard: Filter = {
        _id: accountId,
        [`${session}.challenges.${factorId}.id`]: input.challengeId,
        [`${factor}.id`]: factorId,
        [`${factor}.status`]: activation ? 'PENDING' : 'ACTIVE',
        ...under(`${factor}.material`, advance.where),
        ...under('stepUpBudget', input.budget.guard),
        ...(input.stepUpKey === null ? {} : { [`${session}.stepUps.${input.stepUpKey}`]: { $exists: true } }),

        ...asRead(session, input.before),
        ...arrivalGuard(input.arrival),
        ...(activation ? { activeFactorCount: activation.recovery ? 0 : { $lt: activation.maxFactors } } : {}),
      }
      const changes = activation
        ? activate(activation, input.advance.set)
        : {
            $set: {
              ...under(`${factor}.material`, advance.set),
              [`${factor}.consecutiveFailures`]: 0,
              [`${factor}.lastUsedAt`]: input.at,
            },
            $unset: atEach(
              advance.unset.map((path) => `${factor}.material.${path}`),
              true as const,
            ),
            $inc: {},
          }
      return people.changeOne(
        guard,
        update({
          $set: {
            ...changes.$set,
            ...arrived.$set,
            ...under('stepUpBudget', budgetSet),
            [`sessions.${raised.id}`]: stored({ ...raised, challenges: {} }),
          },
          $unset: { ...changes.$unset, ...arrived.$unset, [session]: true },
          $inc: { ...changes.$inc, ...under('stepUpBudget', budgetInc), trustRevision: 1 },
        }),
      )
    },
    cancel: async ({ accountId, sessionId, factorId }, challengeId) => {
      const path = `sessions.${sessionId}.challenges.${factorId}.id`
      // Under another id nobody can answer it, but what it cost stays until it expires.
      return people.changeOne({ _id: accountId, [path]: challengeId }, { $set: { [path]: newId() } })
    },
    endExhausted: async (accountId, sessionId) => {
      const session = `sessions.${sessionId}`
      await people.changeOne({ _id: accountId, [`${session}.state`]: 'pending' }, { $unset: { [session]: true } })
    },
    disableFactor: async (accountId, factorId, failureLimit) => {
      const path = `factors.${factorId}`
      return people.changeOne(
        { _id: accountId, [`${path}.status`]: 'ACTIVE', [`${path}.consecutiveFailures`]: { $gte: failureLimit } },
        { $set: { [`${path}.status`]: 'DISABLED' }, $inc: { activeFactorCount: -1 } },
      )
    },
  }
}

/** The raised session takes these over: a proof that was spent or taken away meanwhile must not come back with it. */
function asRead(path: string, { operationProof, proofs }: Session): Filter {
  return {
    ...(operationProof
      ? { [`${path}.operationProof.operationHash`]: operationProof.operationHash }
      : { [`${path}.operationProof`]: null }),
    ...atEach(
      Object.keys(proofs).map((factorId) => `${path}.proofs.${factorId}`),
      { $exists: true } as const,
    ),
  }
}

const factorPath = (attempt: SpendAttempt): string =>
  attempt.isEnrollment ? `enrollments.${attempt.challenge.factorType}` : `factors.${attempt.factorId}`

/** Moves a proved factor from the ones that wait to the live ones, with recovery codes when it is the first. */
function activate({ factor, recovery, replacesRecovery }: Activation, advanced: Readonly<Record<string, Value>>) {
  const proved = { ...factor, material: { ...factor.material, ...advanced } }
  return {
    $set: {
      [`factors.${factor.id}`]: stored(proved),
      ...(recovery ? { [`factors.${recovery.id}`]: stored(recovery) } : {}),
    },
    $unset: atEach([`enrollments.${factor.type}`, ...replacesRecovery.map((id) => `factors.${id}`)], true as const),
    $inc: { activeFactorCount: 1, ...(recovery ? { recoverySets: 1 } : {}) },
  }
}
