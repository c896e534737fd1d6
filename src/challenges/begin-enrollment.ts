import { accountActor } from '../audit/index.js'
import { newFactor, type EnrollmentReveal, type Factor, type FactorKind } from '../factors/index.js'
import { isExpired } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import { allLeftAfter, wantedWithout } from '../kernel/factors-left.js'
import { newId, type FactorId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SentenceId } from '../kernel/sentences.js'
import { prepareChallenge, sendMessage, type AskDeps, type OpenedChallenge } from './ask-question.js'
import type { ChallengedPerson } from './ports.js'

export interface BeginEnrollmentDeps extends AskDeps {
  readonly assurances: Assurances
  readonly maxFactors: number
  /** How long a new factor is valid; null: for ever. */
  readonly factorLifetimeSeconds: number | null
}

export interface BeginEnrollmentInput {
  readonly person: ChallengedPerson
  readonly type: FactorType
  readonly name: string | null
  readonly phoneNumber: string | null
  readonly emailAddress: string | null
  /** The live factor the new one replaces once it is proved; null: the new one is added. */
  readonly replaces: FactorId | null
  readonly context: AuditContext
}

export type BeginEnrollmentOutcome =
  | { kind: 'begun'; factor: Factor; opened: OpenedChallenge; reveal: EnrollmentReveal }
  | { kind: 'type-not-offered' }
  | { kind: 'bad-input'; field: string; says?: SentenceId }
  | { kind: 'unknown-factor' } // there is no such factor to replace
  | { kind: 'same-channel' } // a factor of the account already uses this channel
  | { kind: 'too-many-factors' }
  | { kind: 'last-factor' } // the account needs a factor, and the new one would not qualify
  | { kind: 'resting'; until: Date }
  | { kind: 'undeliverable' } // nothing can be sent to this destination
  | { kind: 'limited'; retryAfterSeconds: number }
  | { kind: 'busy' } // another enrolment of the same kind began at the same moment

/**
 * Creates a factor and challenges it for its first proof. Until then the factor counts for nothing and no live factor
 * changes (R027, R028). Starting over replaces the waiting factor, with a new secret (R026).
 */
export async function beginEnrollment(
  deps: BeginEnrollmentDeps,
  input: BeginEnrollmentInput,
): Promise<BeginEnrollmentOutcome> {
  const { person, context } = input
  const kind = deps.kinds.get(input.type)
  const isAllowed = person.mfaRules.everywhere.enrollable.includes(input.type)
  if (!kind || !isAllowed || input.type === 'RECOVERY_CODE') return { kind: 'type-not-offered' }
  const objection = objectTo(deps, input)
  if (objection) return objection

  const made = await newFactor(kind, {
    accountId: person.account.id,
    factorId: newId(),
    label: person.account.email,
    name: input.name,
    phoneNumber: input.phoneNumber,
    emailAddress: input.emailAddress,
    now: deps.clock.now(),
    lifetimeSeconds: deps.factorLifetimeSeconds,
  })
  if (made.kind === 'bad-input') return made
  const factor: Factor = { ...made.factor, replaces: input.replaces }
  if (sharesChannel(kind, factor, person, input.replaces)) return { kind: 'same-channel' }
  if (takesTheLast(deps, person, factor)) return { kind: 'last-factor' }

  const ask = { person, factor, kind, purpose: 'ENROLLMENT', stepUpKey: null, inherits: null, context } as const
  const prepared = await prepareChallenge(deps, ask)
  if (prepared.kind === 'resting') return prepared
  const { challenge, asked } = prepared
  const admission = await asked.message?.admit()
  if (admission?.kind === 'refused') return { kind: 'limited', retryAfterSeconds: admission.retryAfterSeconds }
  const waiting = person.enrollments.find(({ type }) => type === input.type)?.id ?? null
  const isOpen = await deps.challenges.openEnrollment({
    accountId: person.account.id,
    sessionId: person.session.id,
    challenge,
    factor,
    replaces: waiting,
    drop: enrollmentsOf(person, input.type),
    events: deps.audit.prepare([enrolledEvent(person, factor, context)]),
  })
  if (!isOpen) return { kind: 'busy' }
  if (asked.message && !(await sendMessage(deps, ask, challenge, asked.message))) return { kind: 'undeliverable' }
  return { kind: 'begun', factor, opened: { challenge, shown: asked.shown }, reveal: made.reveal }
}

function objectTo(
  deps: BeginEnrollmentDeps,
  { person, replaces }: BeginEnrollmentInput,
): BeginEnrollmentOutcome | null {
  const replaced = replaces === null ? null : person.factorRecords[replaces]
  if (replaces !== null && (!replaced || replaced.type === 'RECOVERY_CODE')) return { kind: 'unknown-factor' }
  const makesRoom = replaced?.status === 'ACTIVE' ? 1 : 0
  return person.activeFactorCount - makesRoom >= deps.maxFactors ? { kind: 'too-many-factors' } : null
}

/** Whether the account would be left without a factor it must have. Checked again when the new one is proved. */
function takesTheLast({ assurances, clock }: BeginEnrollmentDeps, person: ChallengedPerson, factor: Factor): boolean {
  const replaced = factor.replaces === null ? undefined : person.factorRecords[factor.replaces]
  if (!replaced) return false
  const wanted = wantedWithout(person, replaced, assurances)
  const now = clock.now()
  const adds: Factor = { ...factor, status: 'ACTIVE', activatedAt: now }
  const records = Object.values(person.factorRecords)
  return allLeftAfter(records, { removes: [replaced.id], adds }, wanted, now) === null
}

/** Whether a live factor of the account uses the same channel: the two would be one factor. */
export function sharesChannel(
  kind: FactorKind,
  factor: Factor,
  { factorRecords }: Pick<ChallengedPerson, 'factorRecords'>,
  except: FactorId | null,
): boolean {
  const channel = kind.channelOf?.(factor) ?? null
  if (channel === null) return false
  return Object.values(factorRecords).some(
    (other) =>
      other.type === factor.type &&
      other.id !== except &&
      other.status === 'ACTIVE' &&
      !isExpired(other, factor.createdAt) &&
      kind.channelOf?.(other) === channel,
  )
}

/** This session's enrolment challenges of this kind, which the new enrolment makes obsolete. */
const enrollmentsOf = ({ session }: ChallengedPerson, type: FactorType): FactorId[] =>
  Object.values(session.challenges)
    .filter((open) => open.purpose === 'ENROLLMENT' && open.factorType === type)
    .map((open) => open.factorId)

function enrolledEvent(person: ChallengedPerson, factor: Factor, context: AuditContext) {
  return {
    action: 'factor.enrolled',
    actor: accountActor(person.account.id),
    targets: [{ id: factor.id, type: 'FACTOR' }],
    outcome: 'SUCCESS',
    context,
    metadata: { factorType: factor.type, replaces: factor.replaces },
  } as const
}
