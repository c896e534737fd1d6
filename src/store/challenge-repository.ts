import { toSignedIn } from './signed-in.js'
import type { Activation, ChallengeStore, PassChallenge } from '../challenges/index.js'
import { newId } from '../kernel/ids.js'
import { grantsAfter, type Session } from '../sessions/index.js'
import { removedPaths, supersedingGuard } from './ending-sessions.js'
import { factorPath, spending } from './attempt-update.js'
import { withClaims } from './claims.js'
import type { Filter, Update, Value } from './collection.js'
import { DuplicateKey } from './duplicate-key.js'
import type { Names } from './names/names.js'
import { arrivalChanges, arrivalGuard, atEach, END_GRANTS, stillCounting, under, update } from './paths.js'
import { stored, type PeopleReader } from './person-document.js'

/** Challenges inside the sessions of the person's document. */
export function challengeRepository(
  { people, ruleOf }: PeopleReader,
  names: Pick<Names, 'claimCredential'>,
): ChallengeStore {
  return {
    find: async (accountId, sessionId) => toSignedIn(await people.findOne({ _id: accountId }), sessionId, ruleOf),
    open: async ({ accountId, sessionId, challenge, replaces, advance, spends, events }) => {
      const session = `sessions.${sessionId}`
      const path = `${session}.challenges.${challenge.factorId}`
      const isEnrollment = challenge.purpose === 'ENROLLMENT'
      const factor = factorPath({ challenge, isEnrollment, factorId: challenge.factorId })
      const spent = spends && spending(factor, spends)
      return people.changeWith(
        {
          _id: accountId,
          [`${session}.id`]: sessionId,
          [`${factor}.id`]: challenge.factorId,
          [`${factor}.status`]: isEnrollment ? 'PENDING' : 'ACTIVE',
          ...under(`${factor}.material`, advance?.where ?? {}),
          ...spent?.guard,
          ...(replaces
            ? { [`${path}.id`]: replaces.id, [`${path}.attemptsLeft`]: replaces.attemptsLeft }
            : { [path]: { $exists: false } }),
          ...(challenge.stepUpKey === null ? {} : { [`${session}.stepUps.${challenge.stepUpKey}`]: { $exists: true } }),
        },
        update({
          $set: {
            [path]: stored(spends ? { ...challenge, attemptsLeft: challenge.attemptsLeft - 1 } : challenge),
            ...under(`${factor}.material`, advance?.set ?? {}),
            ...spent?.$set,
            ...(challenge.stepUpKey === null
              ? {}
              : { [`${session}.stepUps.${challenge.stepUpKey}.usedUntil`]: challenge.expiresAt }),
          },
          $unset: atEach(
            (advance?.unset ?? []).map((each) => `${factor}.material.${each}`),
            true,
          ),
          $inc: spent?.$inc ?? {},
        }),
        events,
      )
    },
    openEnrollment: async ({ accountId, sessionId, challenge, factor, replaces, drop, events }) => {
      const session = `sessions.${sessionId}`
      const slot = `enrollments.${factor.type}`
      return people.changeWith(
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
        events,
      )
    },
    spendAttempt: async (attempt) => {
      const path = `sessions.${attempt.sessionId}.challenges.${attempt.factorId}`
      const factor = factorPath(attempt)
      const { guard, $set, $inc } = spending(factor, attempt)
      return people.changeOne(
        {
          _id: attempt.accountId,
          [`${path}.id`]: attempt.challenge.id,
          [`${path}.expiresAt`]: { $gt: attempt.now },
          [`${path}.attemptsLeft`]: attempt.challenge.attemptsLeft,
          [`${factor}.id`]: attempt.factorId,
          [`${factor}.status`]: attempt.isEnrollment ? 'PENDING' : 'ACTIVE',
          ...guard,
        },
        update({ $set, $inc: { ...$inc, [`${path}.attemptsLeft`]: -1 } }),
      )
    },
    pass: async (input) => {
      const { accountId, sessionId, factorId, activation, advance, raised } = input
      const session = `sessions.${sessionId}`
      const factor = activation ? `enrollments.${activation.factor.type}` : `factors.${factorId}`
      const arrived = arrivalChanges(input.arrival)
      const { $set: budgetSet = {}, $inc: budgetInc = {} } = input.budget.change
      const guard = {
        _id: accountId,
        grantRevision: input.grantedOn,
        [`${session}.challenges.${factorId}.id`]: input.challengeId,
        [`${factor}.id`]: factorId,
        [`${factor}.status`]: activation ? 'PENDING' : 'ACTIVE',
        ...under(`${factor}.material`, advance.where),
        ...under('stepUpBudget', input.budget.guard),
        ...(input.stepUpKey === null ? {} : { [`${session}.stepUps.${input.stepUpKey}`]: { $exists: true } }),

        ...asRead(session, input.before),
        ...supersedingGuard(input.supersedes),
        ...arrivalGuard(input.arrival),
        ...(activation ? activationGuard(activation) : {}),
        ...(input.lost ? { trustRevision: input.trustRevision } : {}),
        ...(input.reEnrollment ? { reEnrollSince: input.reEnrollment.from } : {}),
      }
      const changes = activation
        ? activate(activation, input.advance)
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
      const forgotten = forgetting(input)
      const endsGrants = activation !== null || input.reEnrollment !== null || input.lost !== null
      const ended = endsGrants ? endingOtherGrants(input) : { $set: {}, $inc: {} }
      const left = leaving(input)
      const changed = update({
        $set: {
          ...changes.$set,
          ...ended.$set,
          ...forgotten.$set,
          ...(input.restartedProfile === null ? {} : { riskProfile: input.restartedProfile }),
          ...arrived.$set,
          ...under('stepUpBudget', budgetSet),
          ...(input.reEnrollment ? { reEnrollSince: input.reEnrollment.to } : {}),
          ...left.$set,
          [`sessions.${raised.id}`]: stored({ ...raised, challenges: {} }),
        },
        $unset: { ...changes.$unset, ...arrived.$unset, ...left.$unset },
        $inc: { ...changes.$inc, ...ended.$inc, ...under('stepUpBudget', budgetInc), trustRevision: 1 },
      })
      const claim = activation?.claim ?? null
      if (claim !== null && !(await names.claimCredential(claim, input))) return 'claimed'
      try {
        const claimed = activation ? claiming(changed, activation) : changed
        return (await people.changeWith(guard, claimed, input.events)) ? 'passed' : 'changed'
      } catch (error) {
        if (error instanceof DuplicateKey) return 'claimed'
        throw error
      }
    },
    allowResend: async ({ accountId, sessionId, factorId }, challengeId, now) => {
      const path = `sessions.${sessionId}.challenges.${factorId}`
      await people.changeOne(
        { _id: accountId, [`${path}.id`]: challengeId },
        { $set: { [`${path}.resendAvailableAt`]: now } },
      )
    },
    cancel: async ({ accountId, sessionId, factorId }, challengeId, events) => {
      const path = `sessions.${sessionId}.challenges.${factorId}.id`
      // Under another id it cannot be answered, but its attempts still count until it expires.
      return people.changeWith({ _id: accountId, [path]: challengeId }, { $set: { [path]: newId() } }, events)
    },
    endExhausted: async (accountId, sessionId, ending) => {
      await people.changeOne(
        { _id: accountId, [`sessions.${sessionId}.state`]: 'pending' },
        {
          $unset: atEach(
            ending.map((id) => `sessions.${id}`),
            true,
          ),
        },
      )
    },
    disableFactor: async (accountId, factorId, failureLimit, events) => {
      const path = `factors.${factorId}`
      return people.changeWith(
        { _id: accountId, [`${path}.status`]: 'ACTIVE', [`${path}.consecutiveFailures`]: { $gte: failureLimit } },
        {
          $set: { ...END_GRANTS.$set, [`${path}.status`]: 'DISABLED' },
          $inc: { ...END_GRANTS.$inc, activeFactorCount: -1 },
        },
        events,
      )
    },
  }
}

/**
 * The raised session takes these over. A proof that was spent or revoked meanwhile must not come back with it, and
 * neither must an organization that the person left.
 */
function asRead(path: string, { operationProof, organizationId, proofs }: Session): Filter {
  return {
    [`${path}.organizationId`]: organizationId,
    ...(operationProof
      ? { [`${path}.operationProof.operationHash`]: operationProof.operationHash }
      : { [`${path}.operationProof`]: null }),
    ...atEach(
      Object.keys(proofs).map((factorId) => `${path}.proofs.${factorId}`),
      { $exists: true } as const,
    ),
  }
}

/** What must still hold for a factor to be activated: the number of others, and that those it replaces are there. */
function activationGuard(activation: Activation): Filter {
  const { recovery, removes, removesActive, keeps, maxFactors, countBefore } = activation
  const isCounted = recovery !== null || removes.length > 0
  return {
    activeFactorCount: isCounted ? countBefore : { $lt: maxFactors + removesActive },
    ...atEach(
      removes.map((id) => `factors.${id}`),
      { $exists: true } as const,
    ),
    ...stillCounting(keeps),
  }
}

/**
 * What is left of the session that was raised: it goes on as it was until the new one is presented, without the
 * question that was answered, what was spent with it, and proofs of factors that went.
 */
function leaving({ sessionId, factorId, stepUpKey, supersedes, activation, drop, retires }: PassChallenge): {
  readonly $set: Record<string, Value>
  readonly $unset: Record<string, true>
} {
  const session = `sessions.${sessionId}`
  return {
    $set: {
      [`${session}.supersededAt`]: supersedes.at,
      // The raised session has it. A proof that works once must not exist twice.
      [`${session}.operationProof`]: null,
    },
    $unset: atEach(
      [
        `${session}.challenges.${factorId}`,
        ...(stepUpKey === null ? [] : [`${session}.stepUps.${stepUpKey}`]),
        ...(activation?.removes ?? []).map((id) => `${session}.proofs.${id}`),
        ...removedPaths([...drop, ...supersedes.drop], retires),
      ],
      true,
    ),
  }
}

/** Whoever lost the answer gets it again by the session it was asked in, so that one stays granted (R068, R123). */
const endingOtherGrants = ({ sessionId, grantedOn }: PassChallenge) => ({
  $set: { ...END_GRANTS.$set, [`sessions.${sessionId}.grantRevision`]: grantsAfter(grantedOn, 1) },
  $inc: END_GRANTS.$inc,
})

/** Devices that are forgotten; those that the arrival writes itself are left to it. */
function forgetting({ lost, arrival }: PassChallenge): { readonly $set: Record<string, Value> } {
  const written = new Set<string>(arrival ? [arrival.device.device.id, ...arrival.device.evicted] : [])
  const devices = (lost?.forgottenDevices ?? []).filter((id) => !written.has(id))
  return {
    $set: atEach<Value>(
      devices.map((id) => `devices.${id}.rememberedUntil`),
      null,
    ),
  }
}

/**
 * The claims of an account whose factor is activated. Where others go with it the list is written anew, which is safe
 * because such an update holds only for the document as read (`trustRevision`).
 */
function claiming(changed: Update, { claim, keptClaims, removes }: Activation): Update {
  if (removes.length > 0) return withClaims(changed, claim === null ? keptClaims : [...keptClaims, claim])
  return claim === null ? changed : { ...changed, $addToSet: { claims: claim } }
}

/** Makes a proved factor live, with recovery codes when it is the first; those that wait go with `END_GRANTS`. */
function activate(
  { factor, recovery, replacesRecovery, removes, removesActive }: Activation,
  { set, unset }: PassChallenge['advance'],
) {
  const kept = Object.entries({ ...factor.material, ...set }).filter(([name]) => !unset.includes(name))
  const proved = { ...factor, material: Object.fromEntries(kept) }
  return {
    $set: {
      [`factors.${factor.id}`]: stored(proved),
      ...(recovery ? { [`factors.${recovery.id}`]: stored(recovery) } : {}),
    },
    $unset: atEach(
      [...replacesRecovery, ...removes].map((id) => `factors.${id}`),
      true as const,
    ),
    $inc: { activeFactorCount: 1 - removesActive, ...(recovery ? { recoverySets: 1 } : {}) },
  }
}
