import { ANONYMOUS_ACTOR, lostTrustEvents, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { wantedInstead } from '../kernel/factors-left.js'
import type { Clock } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { openNotMe } from './not-me-token.js'
import type { SuspicionStore, TakeBack, TakenBackTrust } from './ports.js'

export interface ReportNotMeDeps {
  readonly suspicions: SuspicionStore
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly assurances: Assurances
}

export type ReportNotMeOutcome =
  /** The same for a repeated report, and when nothing was left to revoke. */
  { kind: 'reported' } | { kind: 'not-available' }

/**
 * Handles a “This wasn’t me” report: it revokes trust and grants none. Anyone who reads the mailbox can report, so a report
 * signs nobody in, and never makes the password sufficient where it was not before.
 */
export async function reportNotMe(
  deps: ReportNotMeDeps,
  input: { readonly token: string; readonly context: AuditContext },
): Promise<ReportNotMeOutcome> {
  const now = deps.clock.now()
  const claim = openNotMe(deps.secrets, input.token, now)
  if (!claim) return { kind: 'not-available' }
  const report: TakeBack = {
    ...claim,
    at: now,
    wantedInstead: (rules, type) => wantedInstead(rules, type, deps.assurances),
  }
  await deps.suspicions.takeBack(report, (taken) => deps.audit.prepare(eventsOf(claim.accountId, taken, input.context)))
  return { kind: 'reported' }
}

function eventsOf(accountId: AccountId, taken: TakenBackTrust, context: AuditContext): NewAuditEvent[] {
  // The link only proves that the caller read the mail.
  const base = { actor: ANONYMOUS_ACTOR, context, outcome: 'SUCCESS' } as const
  const account = { id: accountId, type: 'ACCOUNT' } as const
  const factor = (id: string) => [{ id, type: 'FACTOR' }, account] as const
  const reason = 'not-me'
  return [
    { ...base, action: 'account.suspicion_reported', targets: [account] },
    ...taken.removedFactors.map((id) => ({ ...base, action: 'factor.removed', targets: factor(id), reason }) as const),
    ...(taken.disabledFactor
      ? [{ ...base, action: 'factor.disabled', targets: factor(taken.disabledFactor), reason } as const]
      : []),
    ...lostTrustEvents(taken, { actor: base.actor, context, reason }),
  ]
}
