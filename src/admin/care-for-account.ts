import { auditActorOf, lostTrustEvents, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import type { AccountCareStore, FactorReset } from '../factors/index.js'
import type { Actor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { NoticeName, Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Person, PersonReader } from '../sessions/index.js'

export interface CareForAccountDeps {
  readonly accountCare: AccountCareStore
  readonly sessions: Pick<PersonReader, 'findPerson'>
  readonly notices: Notices
  readonly audit: AuditLog
  readonly clock: Clock
}

export interface CareForAccountInput {
  readonly actor: Actor
  readonly accountId: AccountId
  /** The reason the operator gave, for the audit log. */
  readonly reason: string
  readonly context: AuditContext
}

export type CareForAccountOutcome =
  { kind: 'done'; tell: () => Promise<void> } | { kind: 'unknown-account' } | { kind: 'own-account' } // another operator must do it: a session in an attacker's hands must not free itself

/** Removes every factor, and all trust with it; the account must enrol a new one before anything else (R049). */
export async function resetFactors(
  deps: CareForAccountDeps,
  input: CareForAccountInput,
): Promise<CareForAccountOutcome> {
  return care(deps, input, 'factors-reset', async (event, now) => {
    const eventsOf = (reset: FactorReset) => deps.audit.prepare(resetEvents(event, reset))
    return (await deps.accountCare.resetFactors(input.accountId, now, eventsOf)) !== null
  })
}

function resetEvents(event: EventBase, { removedFactors, lost }: FactorReset): NewAuditEvent[] {
  const targets = [...event.targets, ...removedFactors.map((id) => ({ id, type: 'FACTOR' }) as const)]
  const because = { actor: event.actor, context: event.context, reason: 'factors-reset' }
  // The operator did it, so only the target says whose sessions and devices they were.
  const ended = lostTrustEvents(lost, because).map((each) => ({
    ...each,
    targets: [...event.targets, ...each.targets],
  }))
  return [{ ...event, action: 'admin.factors_reset', targets }, ...ended]
}

/** Demands a new factor: until it is proved, the old ones only allow enrolling it. */
export async function requireReEnrollment(
  deps: CareForAccountDeps,
  input: CareForAccountInput,
): Promise<CareForAccountOutcome> {
  return care(deps, input, 're-enrollment-required', (event, now) => {
    const events = deps.audit.prepare([{ ...event, action: 'admin.re_enrollment_required' }])
    return deps.accountCare.requireReEnrollment(input.accountId, now, events)
  })
}

/** Opens the step-up lock that wrong answers closed. */
export async function unlockAccount(
  deps: CareForAccountDeps,
  input: CareForAccountInput,
): Promise<CareForAccountOutcome> {
  return care(deps, input, null, (event, now) => {
    const events = deps.audit.prepare([{ ...event, action: 'admin.account_unlocked' }])
    return deps.accountCare.unlockStepUp(input.accountId, now, events)
  })
}

type EventBase = Omit<NewAuditEvent, 'action'>

async function care(
  deps: CareForAccountDeps,
  input: CareForAccountInput,
  notice: NoticeName | null,
  act: (event: EventBase, now: Date) => Promise<boolean>,
): Promise<CareForAccountOutcome> {
  const { actor, accountId, reason, context } = input
  if (actor.kind === 'session' && actor.accountId === accountId) return { kind: 'own-account' }
  // Read first, because the addresses to notify may be removed with the factors.
  const person = await deps.sessions.findPerson(accountId)
  if (!person) return { kind: 'unknown-account' }
  const event = {
    actor: auditActorOf(actor),
    targets: [{ id: accountId, type: 'ACCOUNT' }],
    outcome: 'SUCCESS',
    context,
    // The operator's text is recorded as such, not as our own reason.
    metadata: { note: reason },
  } as const
  if (!(await act(event, deps.clock.now()))) return { kind: 'unknown-account' }
  return { kind: 'done', tell: () => (notice === null ? Promise.resolve() : tell(deps, person, notice, context)) }
}

/** Leaves out address, browser and location: they are the operator's, and would look like an attacker's. */
function tell({ notices }: CareForAccountDeps, person: Person, name: NoticeName, context: AuditContext): Promise<void> {
  const { account, noticeAddresses: addresses } = person
  const to = { accountId: account.id, addresses, language: account.language }
  const origin = { ...context.origin, address: '', userAgent: '' }
  return notices.tell({ name, to, context: { ...context, origin }, details: {}, takesBack: null })
}
