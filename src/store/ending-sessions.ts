import type { Device, Devices } from '../devices/index.js'
import type { SessionId } from '../kernel/ids.js'
import { endingWithAll, isShown, type Session, type Sessions, type Supersession } from '../sessions/index.js'
import type { Filter, Value } from './collection.js'

/** The part of a person's document that this reads. */
interface Ending {
  readonly sessions: Sessions
  readonly devices: Devices
}

/** Ends sessions with what they replaced and what would replace them. Guard the update by `trustRevision`. */
export function endingSessions(
  document: Ending,
  ids: readonly SessionId[],
): {
  readonly $set: Record<string, Value>
  readonly $unset: Record<string, true>
  readonly ended: readonly SessionId[]
} {
  const gone = endingWithAll(document.sessions, ids)
  return {
    $set: presentationsIn(document, gone),
    $unset: Object.fromEntries(gone.map((id) => [`sessions.${id}`, true] as const)),
    ended: gone.filter((id) => isOneOf(document, id)),
  }
}

/** Whether it is one its owner knows of, and no other name of one. */
export function isOneOf({ sessions }: Pick<Ending, 'sessions'>, id: SessionId): boolean {
  const session = sessions[id]
  return session !== undefined && isShown(sessions, session)
}

/**
 * What must be noted of devices when sessions go. That a device's secret arrived is known by the session it was handed
 * out with, and has to be known after that.
 */
export function presentationsIn({ sessions, devices }: Ending, gone: readonly SessionId[]): Record<string, Value> {
  const presented = Object.values(devices).flatMap(({ id, handedTo, presentedAt }) => {
    const at = handedTo !== undefined && gone.includes(handedTo) ? sessions[handedTo]?.presentedAt : undefined
    return presentedAt === undefined && at ? [[`devices.${id}.presentedAt`, at] as const] : []
  })
  return Object.fromEntries(presented)
}

/** Devices, completed by what sessions know about their secrets. */
export function withPresentations({ sessions, devices }: Ending): Devices {
  const isTold = ({ handedTo, presentedAt }: Device): boolean =>
    presentedAt === undefined && handedTo !== undefined && sessions[handedTo]?.presentedAt !== undefined
  // Every request runs this, and there is almost never anything to add.
  if (!Object.values(devices).some(isTold)) return devices
  const told = Object.values(devices).map((device) => {
    const at = device.handedTo === undefined ? undefined : sessions[device.handedTo]?.presentedAt
    return [device.id, device.presentedAt || !at ? device : { ...device, presentedAt: at }] as const
  })
  return Object.fromEntries(told)
}

/**
 * What else can be left out of a session that was replaced for good, in compact and in older entries. Its secret, its
 * times and its place in the line of sessions stay: they tell a reused credential (R188).
 */
const LEFT_OUT = [
  ...['id', 'packed', 'firstFactor', 'firstMethods', 'authentication', 'organizationId', 'admits', 'choosing'],
  ...['grantRevision', 'signedInAt', 'lastSeenAt', 'proofs', 'operationProof', 'stepUps', 'challenges', 'provedFrom'],
  ...['arrivedBy', 'fingerprint', 'address', 'userAgent'],
]
/** A session that waited came with no device, so the time it was presented is never needed. */
const LEFT_OUT_IF_PENDING = [...LEFT_OUT, 'state', 'presentedAt']

/**
 * What an update removes: sessions that go, and what retired ones do not need. It only removes, so it makes nothing of a
 * session that is gone.
 */
export function removedPaths(
  gone: readonly SessionId[],
  retires: readonly Pick<Session, 'id' | 'state'>[],
): readonly string[] {
  const leftOut = retires
    .filter(({ id }) => !gone.includes(id))
    .flatMap(({ id, state }) =>
      (state === 'pending' ? LEFT_OUT_IF_PENDING : LEFT_OUT).map((field) => `sessions.${id}.${field}`),
    )
  return [...gone.map((id) => `sessions.${id}`), ...leftOut]
}

/** Guards the replacement of a session: no other session has replaced it, and none that would replace it was used. */
export function supersedingGuard({ sessionId, before, unpresented }: Supersession): Filter {
  return {
    [`sessions.${sessionId}.id`]: sessionId,
    [`sessions.${sessionId}.supersededAt`]: before,
    ...unpresentedGuard(unpresented),
  }
}

export const unpresentedGuard = (ids: readonly SessionId[]): Filter =>
  Object.fromEntries(ids.map((id) => [`sessions.${id}.presentedAt`, { $exists: false }]))
