import type { AuditLog } from '../audit/index.js'
import type { CloneAlarm, RecognizedDevice } from '../devices/index.js'
import type { Notices } from '../kernel/notices.js'
import type { BreakGlassWatch } from '../organizations/index.js'
import type { AssessedRisk } from '../risk/index.js'
import { supersededUntil, type SessionStore } from '../sessions/index.js'
import type { ArrivalOutcome, Arriving } from './arrival.js'
import type { ArrivedSession, ArrivePlan } from './arrive.js'
import { breakGlassSignIn } from './break-glass-sign-in.js'
import type { SignInRules } from './rules.js'
import { leftEvent, signInEvents } from './sign-in-events.js'
import { signInNotice } from './sign-in-notice.js'

export interface FinishDeps {
  readonly sessions: Pick<SessionStore, 'limit'>
  readonly audit: AuditLog
  readonly notices: Notices
  readonly breakGlass: BreakGlassWatch
  readonly rules: Pick<SignInRules, 'sessions'>
}

export interface FinishInput extends Arriving {
  readonly risk: AssessedRisk
  readonly recognized: RecognizedDevice
  readonly plan: ArrivePlan
  /** The alarm this sign-in raised, if any. */
  readonly alarm: CloneAlarm | null
  readonly arrived: ArrivedSession
}

/**
 * Completes a sign-in once the session is stored: ends the former session, records the events and issues the
 * credentials.
 */
export async function finishArrival(deps: FinishDeps, input: FinishInput): Promise<ArrivalOutcome> {
  const { person, plan, risk, recognized, alarm, arrived, former, context } = input
  const { session, stepUp } = arrived
  // If the former session is the same person's, the update that opened the new one already superseded it.
  if (former && former.accountId !== person.account.id) {
    const until = supersededUntil(deps.rules.sessions.secretTimes, input.attempt.now)
    await deps.sessions.limit(former.accountId, former.sessionId, until)
  }
  const rotated = recognized.state === 'trusted' && arrived.hasNewSecret ? session.deviceId : null
  const used = breakGlassSignIn(person, plan, session, context)
  await deps.audit.record([
    ...signInEvents({ person, session, plan, risk, rotated, deviceFault: recognized.fault, context }),
    ...(alarm ? [alarm.event] : []),
    ...(used ? deps.breakGlass.events(used) : []),
    ...(former && input.first.method !== 'CONTINUED' ? [leftEvent(former, context)] : []),
  ])
  const credentials = await arrived.issue()
  const copied = alarm?.device ?? null
  const notice = plan.kind === 'choose' ? null : signInNotice({ person, session, risk, recognized, copied, context })
  const notify = async () => {
    if (notice) await deps.notices.tell(notice)
    if (used) await deps.breakGlass.tell(used)
  }
  if (plan.kind === 'choose') return { kind: 'organization-required', session, credentials, person, notify }
  if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person, notify }
  const kind = plan.kind === 'enroll' ? 'enrollment-required' : 'mfa-required'
  return { kind, session, credentials, stepUp, notify }
}
