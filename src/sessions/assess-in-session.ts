import { rolesOf } from '../accounts/index.js'
import { type AssessedRisk, assessRisk, NO_ATTEMPT, type RiskDeps, type RiskFacts } from '../risk/index.js'
import type { Person } from './person.js'
import type { Session } from './session.js'

/** The parts of a person that risk is judged by. */
type JudgedPerson = Pick<Person, 'riskProfile' | 'suspicionAt'> & {
  readonly account: Pick<Person['account'], 'roles' | 'lastSignInAt'>
}

/** What is known about a person before the request is examined. */
export const factsOfPerson = ({ account, riskProfile, suspicionAt }: JudgedPerson) =>
  ({
    profile: riskProfile,
    lastSignInAt: account.lastSignInAt,
    suspicionAt,
    privileged: rolesOf(account).length > 0,
  }) satisfies Partial<RiskFacts>

/** What a request in a session shows. */
export type SeenInSession = Pick<
  RiskFacts,
  'purpose' | 'origin' | 'deviceToken' | 'deviceId' | 'factorTypes' | 'thresholds'
>

/** The risk of a request in a session: what it shows, compared with where the session was last proved (R086). */
export const assessInSession = (
  risk: RiskDeps,
  person: JudgedPerson,
  { provedFrom }: Pick<Session, 'provedFrom'>,
  seen: SeenInSession,
): AssessedRisk => assessRisk(risk, { ...NO_ATTEMPT, ...factsOfPerson(person), session: provedFrom, ...seen })
