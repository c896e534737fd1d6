import {
  type CloneAlarm,
  type CloneAlarmDeps,
  type Device,
  raiseCloneAlarm,
  type RecognizedDevice,
} from '../devices/index.js'
import type { SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { endingWithAll, grantsAfter, type Person } from '../sessions/index.js'

/** An alarm, with the person as the alarm left them, so that no second read is needed. */
export interface RaisedAlarm<P extends Person> {
  readonly alarm: CloneAlarm
  readonly person: P
}

/** Revokes the trust in a device that turned out to be copied. Null when the account changed meanwhile. */
export async function raiseAlarm<P extends Person>(
  deps: CloneAlarmDeps,
  person: P,
  seen: { readonly recognized: RecognizedDevice; readonly context: AuditContext; readonly now: Date },
): Promise<RaisedAlarm<P> | null> {
  const { account, trustRevision } = person
  const sessions = sessionsOn(person, seen.recognized.device)
  const alarm = await raiseCloneAlarm(deps, { ...seen, accountId: account.id, sessions, trustRevision })
  return alarm && { alarm, person: afterAlarm(person, alarm, { sessions, now: seen.now }) }
}

/** The sessions that began on the device. They end when it turns out to be copied. */
function sessionsOn({ sessions }: Person, device: Device | null): readonly SessionId[] {
  const ids = Object.values(sessions).flatMap(({ id, deviceId }) => (deviceId === device?.id ? [id] : []))
  return endingWithAll(sessions, ids)
}

function afterAlarm<P extends Person>(
  person: P,
  { device }: CloneAlarm,
  { sessions, now }: { readonly sessions: readonly SessionId[]; readonly now: Date },
): P {
  const left = Object.entries(person.sessions).filter(([id]) => !sessions.some((ended) => ended === id))
  return {
    ...person,
    sessions: Object.fromEntries(left),
    devices: { ...person.devices, [device.id]: { ...device, copiedAt: now, rememberedUntil: null } },
    suspicionAt: now,
    trustRevision: person.trustRevision + 1,
    grantRevision: grantsAfter(person.grantRevision, 1),
  }
}
