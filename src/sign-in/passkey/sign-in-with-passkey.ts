import { accountActor, ANONYMOUS_ACTOR, type AuditLog, type NewAuditEvent } from '../../audit/index.js'
import { NO_FAILURES, type SpendAccountCall, stepUpLockedUntil, type StepUpRule } from '../../limits/index.js'
import type { Clock } from '../../kernel/clock.js'
import { allowsMethod } from '../../kernel/mfa-rule.js'
import type { AuditContext } from '../../kernel/request-context.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { SpendCall } from '../../kernel/spend-call.js'
import type { ArrivalInput, ArrivalOutcome, Arrivals, ArrivingPerson } from '../arrival.js'
import type { PasskeyVerdict, PasskeyVerifier, PresentedPasskey } from '../ports.js'
import type { Person, PersonReader } from '../../sessions/index.js'
import type { SpentChallenges } from '../../devices/index.js'
import { refusedEvent } from '../sign-in-events.js'

export interface PasskeySignInDeps<T extends PresentedPasskey> {
  readonly people: Pick<PersonReader<ArrivingPerson>, 'findPerson'>
  /** Null where passkeys are disabled. */
  readonly passkeys: PasskeyVerifier<ArrivingPerson, T> | null
  readonly spentChallenges: SpentChallenges
  readonly stepUpRule: StepUpRule
  /** Counts an invalid passkey against the client's address; throws the refusal when there were too many. */
  readonly countWrong: SpendCall
  readonly countSignIn: SpendAccountCall
  readonly arrivals: Arrivals
  readonly audit: AuditLog
  readonly secrets: Pick<Secrets, 'digest'>
  readonly clock: Clock
}

export interface PasskeySignInInput extends ArrivalInput {
  /** The credential as JSON text. */
  readonly webauthn: string
}

export type PasskeySignInOutcome = ArrivalOutcome | { kind: 'locked'; until: Date }

/**
 * Signs a person in with a passkey that verified its user: both factors at once, with nothing typed. Every failure gets
 * the same answer. The challenge is spent before the session opens, and only by a right answer, so no caller can spend
 * another caller's challenge.
 */
export async function signInWithPasskey<T extends PresentedPasskey>(
  deps: PasskeySignInDeps<T>,
  input: PasskeySignInInput,
): Promise<PasskeySignInOutcome> {
  const { context } = input
  const presented = deps.passkeys?.read(input.webauthn)
  if (!deps.passkeys || !presented) return refuse(deps, null, null, context)
  const person = await deps.people.findPerson(presented.accountId)
  const verdict = await deps.passkeys.judge(presented, person)
  if (verdict.kind !== 'right' || person?.account.status !== 'ACTIVE') return refuse(deps, person, verdict, context)
  const now = deps.clock.now()
  const until = stepUpLockedUntil(person.stepUpBudget, deps.stepUpRule, now)
  if (until) {
    await deps.audit.record([{ ...refusedEvent(accountActor(person.account.id), context), reason: 'step-up-locked' }])
    return { kind: 'locked', until }
  }
  // If an organization does not count passkeys, its session still demands a factor that counts; its tokens claim no
  // more.
  if (!allowsMethod(person.mfaRules.account, 'WEBAUTHN')) return refuse(deps, person, null, context)
  const challengeHash = deps.secrets.digest(presented.challenge)
  if (!(await deps.spentChallenges.spend(challengeHash, presented.challengeEndsAt))) {
    return refuse(deps, person, null, context)
  }
  await deps.countSignIn(person.account.id, input.context)
  const { factorId, methods, advance } = verdict
  const proof = { factorId, type: 'WEBAUTHN', provedAt: now, methods } as const
  const first = { method: 'PASSKEY', proof, advance: { factorId, advance } } as const
  return deps.arrivals.comeIn({ ...input, first, person, attempt: { ...NO_FAILURES, now } })
}

async function refuse(
  deps: { readonly audit: AuditLog; readonly countWrong: SpendCall },
  person: Person | null,
  verdict: PasskeyVerdict | null,
  context: AuditContext,
): Promise<PasskeySignInOutcome> {
  await deps.countWrong(context)
  const actor = person ? accountActor(person.account.id) : ANONYMOUS_ACTOR
  const events: NewAuditEvent[] = [refusedEvent(actor, context)]
  if (verdict?.kind === 'wrong' && verdict.because === 'counter-regressed' && verdict.factorId) {
    const targets = [{ id: verdict.factorId, type: 'FACTOR' }] as const
    events.push({ action: 'passkey.counter_regressed', actor, targets, outcome: 'FAILURE', context })
  }
  await deps.audit.record(events)
  return { kind: 'refused' }
}
