import { accountActor, type AuditLog } from '../audit/index.js'
import { newFactor, type EnrollmentReveal, type Factor, type FactorKinds } from '../factors/index.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { FactorType } from '../kernel/factor-type.js'
import { newId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Challenge, ChallengeSettings } from './challenge.js'
import type { ChallengedPerson, ChallengeStore } from './ports.js'

export interface BeginEnrollmentDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly clock: Clock
  readonly settings: ChallengeSettings
  readonly maxFactors: number
}

export interface BeginEnrollmentInput {
  readonly person: ChallengedPerson
  readonly type: FactorType
  readonly name: string | null
  readonly context: AuditContext
}

export type BeginEnrollmentOutcome =
  | { kind: 'begun'; factor: Factor; challenge: Challenge; reveal: EnrollmentReveal }
  | { kind: 'type-not-offered' }
  | { kind: 'too-many-factors' }
  | { kind: 'busy' } // another enrolment of the same kind began at the same moment

/**
 * Makes a new factor and asks for its first proof. Until that is given the factor counts for nothing, and no live factor
 * is touched (R027, R028); beginning again replaces the one that waits, with a new secret (R026).
 */
export async function beginEnrollment(
  deps: BeginEnrollmentDeps,
  input: BeginEnrollmentInput,
): Promise<BeginEnrollmentOutcome> {
  const { person } = input
  const kind = deps.kinds.get(input.type)
  if (!kind || input.type === 'RECOVERY_CODE') return { kind: 'type-not-offered' }
  if (person.activeFactorCount >= deps.maxFactors) return { kind: 'too-many-factors' }

  const now = deps.clock.now()
  const accountId = person.account.id
  const { factor, reveal } = await newFactor(kind, {
    accountId,
    factorId: newId(),
    label: person.account.email,
    name: input.name,
    now,
  })
  const challenge: Challenge = {
    id: newId(),
    purpose: 'ENROLLMENT',
    factorId: factor.id,
    factorType: factor.type,
    createdAt: now,
    expiresAt: secondsAfter(now, kind.challengeSeconds),
    attemptsLeft: deps.settings.attempts,
    stepUpKey: null,
  }
  const replaces = person.enrollments.find((waiting) => waiting.type === input.type)?.id ?? null
  const sessionId = person.session.id
  const drop = Object.values(person.session.challenges)
    .filter((open) => open.purpose === 'ENROLLMENT' && open.factorType === input.type)
    .map((open) => open.factorId)
  if (!(await deps.challenges.openEnrollment({ accountId, sessionId, challenge, factor, replaces, drop }))) {
    return { kind: 'busy' }
  }
  await deps.audit.record([
    {
      action: 'factor.enrolled',
      actor: accountActor(accountId),
      targets: [{ id: factor.id, type: 'FACTOR' }],
      outcome: 'SUCCESS',
      context: input.context,
      metadata: { factorType: factor.type },
    },
  ])
  return { kind: 'begun', factor, challenge, reveal }
}
