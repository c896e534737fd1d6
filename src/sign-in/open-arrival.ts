import type { CloneAlarm, RecognizedDevice } from '../devices/index.js'
import { LOST } from '../kernel/settle.js'
import type { Person } from '../sessions/index.js'
import { arrive, type ArriveDeps, type ArrivePlan } from './arrive.js'
import type { ArrivalOutcome, Arriving } from './arrival.js'
import { assessArrival } from './assess-arrival.js'
import { blockSignIn } from './block-sign-in.js'
import { hasToChoose, organizationOf } from './destination.js'
import { finishArrival, type FinishDeps } from './finish-arrival.js'
import { planArrival, type PlanInput } from './plan-arrival.js'

export type OpenArrivalDeps = ArriveDeps & FinishDeps

export interface OpenArrivalInput {
  readonly arriving: Arriving
  /** As it is now; the arrival has it as it was found. */
  readonly person: Person
  readonly recognized: RecognizedDevice
  readonly alarm: CloneAlarm | null
}

/** Judges the risk, plans the session and opens it. `LOST`: the account changed meanwhile, so read it and try again. */
export async function openArrival(
  deps: OpenArrivalDeps,
  { arriving, person, recognized, alarm }: OpenArrivalInput,
): Promise<ArrivalOutcome | typeof LOST> {
  const { first, attempt, context } = arriving
  const { now } = attempt
  const { risk, arrivedBy } = assessArrival(deps, arriving, person, recognized)
  const organizationId = organizationOf(arriving.destination, person.memberships)
  const plan = planOf(deps, arriving, { first, person, organizationId, risk, recognized, now })
  if (plan === 'block') return blockSignIn(deps, person, { risk, recognized, alarm, context })
  const arrived = await arrive(deps, { ...arriving, person, risk, arrivedBy, recognized, plan })
  if (!arrived) return LOST
  return finishArrival(deps, { ...arriving, person, risk, recognized, plan, alarm, arrived })
}

/** A person who must choose an organization chooses first; the risk is judged again after the choice. */
function planOf({ assurances, rules }: OpenArrivalDeps, arriving: Arriving, input: PlanInput): ArrivePlan | 'block' {
  const plan = planArrival({ assurances, riskReportOnly: rules.riskReportOnly }, input)
  return plan !== 'block' && hasToChoose(arriving.destination, input.person.memberships) ? { kind: 'choose' } : plan
}
