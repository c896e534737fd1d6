import type { FactorSummary, SessionActor } from '../kernel/actor.js'
import { comesSecondTo } from './first-factor.js'
import type { IdentifiedPerson, SessionDevice } from './identified-person.js'
import { organizationOfSession } from './person.js'
import { proofsOf } from './session.js'

/** The signed-in person as the policy sees them. */
export function actorOf(person: IdentifiedPerson, now: Date): SessionActor {
  const { session } = person
  const device = rememberedDevice(person, now)
  return Object.freeze({
    kind: 'session',
    accountId: person.account.id,
    sessionId: session.id,
    deviceId: session.deviceId,
    state: session.state,
    admits: session.admits,
    choosing: session.choosing !== null,
    roles: person.roles,
    signedInAt: session.signedInAt,
    proofs: proofsOf(session),
    operationProof: session.operationProof,
    factors: factorsFor(person),
    reEnrollSince: person.reEnrollSince,
    mfaRules: person.mfaRules,
    onRememberedDevice: device !== null,
    rememberedWith: device?.rememberedWith ?? null,
    organizationId: organizationOfSession(person, session),
    memberships: person.memberships,
  })
}

/**
 * A live factor that cannot come second is as dead to this session: it proves nothing, yet the account is not without
 * factors.
 */
const factorsFor = ({ factors, session }: IdentifiedPerson): readonly FactorSummary[] =>
  factors.map((factor) =>
    factor.status !== 'ACTIVE' || comesSecondTo(session.firstFactor, factor.type)
      ? factor
      : { ...factor, status: 'DISABLED' },
  )

/**
 * The device the session began on, if it was remembered then and still is. Read on every request: a device that was
 * forgotten, has expired or was copied since spares no prompt.
 */
function rememberedDevice({ session, sessionDevice: device }: IdentifiedPerson, now: Date): SessionDevice | null {
  if (!device || session.arrivedBy.deviceToken !== 'trusted' || device.copiedAt !== null) return null
  return device.rememberedUntil !== null && device.rememberedUntil > now ? device : null
}
