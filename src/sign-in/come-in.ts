import { accountActor } from '../audit/index.js'
import { type CloneAlarm, type CloneAlarmDeps, withUsedUpSecrets } from '../devices/index.js'
import type { ChallengeChoice, ChallengeOpening } from '../challenges/index.js'
import type { AuditContext } from '../kernel/request-context.js'
import { LOST, settleOn } from '../kernel/settle.js'
import { raiseAlarm } from './alarm.js'
import {
  bothNotices,
  type Arrivals,
  type ArrivalOutcome,
  type Arriving,
  type ArrivingPerson,
  type Notify,
} from './arrival.js'
import { openArrival, type OpenArrivalDeps } from './open-arrival.js'
import type { OperatorBootstrap } from './ports.js'
import { recognize } from './recognize.js'
import { refusedEvent } from './sign-in-events.js'
import { isStillGranted } from './still-granted.js'

export type ComeInDeps = OpenArrivalDeps &
  CloneAlarmDeps & {
    readonly operatorBootstrap: OperatorBootstrap
    readonly openChallenge: (choice: ChallengeChoice, context: AuditContext) => ChallengeOpening
  }

export const createArrivals = (deps: ComeInDeps): Arrivals => ({ comeIn: (arriving) => comeIn(deps, arriving) })

/** Judges the risk of a person whose first factor was right, and opens the session accordingly. */
async function comeIn(deps: ComeInDeps, arriving: Arriving): Promise<ArrivalOutcome> {
  const { person, notify } = await asOperator(deps, arriving)
  const outcome = await open(deps, arriving, person)
  // The account has its new role even if the sign-in fails.
  if (outcome.kind !== 'refused') return { ...outcome, notify: bothNotices(notify, outcome.notify) }
  await notify()
  return outcome
}

async function open(deps: ComeInDeps, arriving: Arriving, asOperator: ArrivingPerson | null): Promise<ArrivalOutcome> {
  const { first, attempt, beginChallenge, context } = arriving
  const opening = beginChallenge && deps.openChallenge(beginChallenge, context)
  const asFound = arriving.person
  const raised: CloneAlarm[] = []
  let ownChanges = asOperator === asFound ? 0 : 1
  const tryToOpen = async (read: ArrivingPerson): Promise<ArrivalOutcome | null | typeof LOST> => {
    const { now } = attempt
    let person = read
    if (!isStillGranted(deps, person, asFound, { first, ownChanges })) return null
    let recognized = withUsedUpSecrets(deps.secrets, await recognize(deps, arriving, person, now))
    if (raised.length === 0 && recognized.fault === 'reused') {
      const after = await raiseAlarm(deps, person, { recognized, context, now })
      // No result: the account changed meanwhile.
      if (!after) return LOST
      ownChanges += 1
      raised.push(after.alarm)
      person = after.person
      recognized = withUsedUpSecrets(deps.secrets, await recognize(deps, arriving, person, now))
    }
    const alarm = raised[0] ?? null
    return openArrival(deps, { arriving, person, recognized, opening, alarm })
  }
  const outcome = await settleOn(asOperator, ({ account }) => deps.sessions.findPerson(account.id), tryToOpen)
  if (outcome) return outcome
  await deps.audit.record([refusedEvent(accountActor(asFound.account.id), context)])
  return { kind: 'refused' }
}

/** An account that gains a role by this sign-in is judged as having it. */
async function asOperator(
  { operatorBootstrap, sessions }: ComeInDeps,
  { first, person, context, attempt }: Arriving,
): Promise<{ readonly person: ArrivingPerson | null; readonly notify: Notify }> {
  if (first.method === 'CONTINUED') return { person, notify: () => Promise.resolve() }
  const { isChanged, notify } = await operatorBootstrap.giveListedRole(person.account, { at: attempt.now, context })
  return { person: isChanged ? await sessions.findPerson(person.account.id) : person, notify }
}
