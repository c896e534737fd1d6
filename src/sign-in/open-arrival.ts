import type { AuditLog } from '../audit/index.js'
import type { ChallengeOpening } from '../challenges/index.js'
import type { CloneAlarm, RecognizedDevice } from '../devices/index.js'
import type { Notices } from '../kernel/notices.js'
import { LOST } from '../kernel/settle.js'
import type { BreakGlassWatch } from '../organizations/index.js'
import type { AssessedRisk } from '../risk/index.js'
import { supersededUntil, type SessionStore } from '../sessions/index.js'
import { arrive, type ArrivedSession, type ArriveDeps, type ArriveInput, type ArrivePlan } from './arrive.js'
import type { ArrivalOutcome, Arriving, ArrivingPerson } from './arrival.js'
import { assessArrival } from './assess-arrival.js'
import { blockSignIn } from './block-sign-in.js'
import { breakGlassSignIn } from './break-glass-sign-in.js'
import { hasToChoose, organizationOf } from './destination.js'
import { planArrival, type PlanInput } from './plan-arrival.js'
import type { SignInRules } from './rules.js'
import { leftEvent, signInEvents } from './sign-in-events.js'
import { signInNotice } from './sign-in-notice.js'

export type OpenArrivalDeps = ArriveDeps & FinishDeps

export interface OpenArrivalInput {
  readonly arriving: Arriving
  /** As it is now; the arrival has it as it was found. */
  readonly person: ArrivingPerson
  readonly recognized: RecognizedDevice
  readonly opening: ChallengeOpening | null
  readonly alarm: CloneAlarm | null
}

/** Judges the risk, plans the session and opens it. `LOST`: the account changed meanwhile, so read it and try again. */
export async function openArrival(
  deps: OpenArrivalDeps,
  { arriving, person, recognized, opening, alarm }: OpenArrivalInput,
): Promise<ArrivalOutcome | typeof LOST> {
  const { first, former, attempt, context } = arriving
  const { now } = attempt
  const { risk, arrivedBy } = assessArrival(deps, arriving, person, recognized)
  const organizationId = organizationOf(arriving.destination, person.memberships)
  const { provesFactor = false } = arriving
  const plan = planOf(deps, arriving, { first, person, organizationId, risk, provesFactor, recognized, now })
  if (plan === 'block') return blockSignIn(deps, person, { risk, recognized, alarm, context })
  const eventsOf: ArriveInput['eventsOf'] = (session, rotated) => {
    const used = breakGlassSignIn(person, plan, session, context)
    return [
      ...signInEvents({ person, session, plan, risk, rotated, deviceFault: recognized.fault, context }),
      ...(used ? deps.breakGlass.events(used) : []),
      ...(former && former.accountId === person.account.id && first.method !== 'CONTINUED'
        ? [leftEvent(former, context)]
        : []),
    ]
  }
  const arrived = await arrive(deps, { ...arriving, person, risk, arrivedBy, recognized, opening, plan, eventsOf })
  if (!arrived) return LOST
  return finishArrival(deps, { ...arriving, person, risk, recognized, plan, alarm, arrived })
}

/** A person who must choose an organization chooses first; the risk is judged again after the choice. */
function planOf({ assurances, rules }: OpenArrivalDeps, arriving: Arriving, input: PlanInput): ArrivePlan | 'block' {
  const plan = planArrival({ assurances, riskReportOnly: rules.riskReportOnly }, input)
  return plan !== 'block' && hasToChoose(arriving.destination, input.person.memberships) ? { kind: 'choose' } : plan
}

interface FinishDeps {
  readonly sessions: Pick<SessionStore, 'limit'>
  readonly audit: AuditLog
  readonly notices: Notices
  readonly breakGlass: BreakGlassWatch
  readonly rules: Pick<SignInRules, 'sessions'>
}

interface FinishInput extends Arriving {
  readonly risk: AssessedRisk
  readonly recognized: RecognizedDevice
  readonly plan: ArrivePlan
  /** The alarm this sign-in raised, if any. */
  readonly alarm: CloneAlarm | null
  readonly arrived: ArrivedSession
}

/** Completes a sign-in once the session is stored: ends another person's former session and issues the credentials. */
async function finishArrival(deps: FinishDeps, input: FinishInput): Promise<ArrivalOutcome> {
  const { person, plan, risk, recognized, alarm, arrived, former, context } = input
  const { session, stepUp } = arrived
  // If the former session is the same person's, the update that opened the new one already superseded it.
  if (former && former.accountId !== person.account.id) {
    const until = supersededUntil(deps.rules.sessions.secretTimes, input.attempt.now)
    const events = deps.audit.prepare([leftEvent(former, context)])
    await deps.sessions.limit(former.accountId, former.sessionId, until, events)
  }
  const used = breakGlassSignIn(person, plan, session, context)
  const credentials = await arrived.issue()
  const copied = alarm?.device ?? null
  const notice = plan.kind === 'choose' ? null : signInNotice({ person, session, risk, recognized, copied, context })
  const notify = async () => {
    if (notice) await deps.notices.tell(notice)
    if (used) await deps.breakGlass.tell(used)
  }
  if (plan.kind === 'choose') return { kind: 'organization-required', session, credentials, person, notify }
  if (plan.kind === 'active' || !stepUp) return { kind: 'signed-in', session, credentials, person, notify }
  const waiting = { session, credentials, stepUp, notify }
  if (plan.kind === 'enroll') return { ...waiting, kind: 'enrollment-required' }
  const challenge = (await arrived.challenge?.begin()) ?? null
  return { ...waiting, kind: 'mfa-required', challenge }
}
