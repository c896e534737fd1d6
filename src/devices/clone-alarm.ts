import { accountActor, type NewAuditEvent } from '../audit/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Device, RecognizedDevice } from './device.js'
import type { DeviceStore } from './ports.js'

export interface CloneAlarmDeps {
  readonly devices: Pick<DeviceStore, 'markCopied'>
}

/** The device there are two tokens of, and the event that says so. */
export interface CloneAlarm {
  readonly device: Device
  readonly event: NewAuditEvent
}

/**
 * A secret comes back after its successor was used: two clients have tokens of one device, and nobody can tell which of
 * them is the owner's. From then on neither speaks for it, and its sessions end: each side is asked for a second factor.
 * Null when there is nothing to say, or the account changed meanwhile: of any number of callers one raises the alarm. A
 * secret that never was one raises none, or whoever knows the id of a device could take its trust away. To be called only
 * once a first factor was right.
 */
export async function raiseCloneAlarm(
  deps: CloneAlarmDeps,
  input: {
    readonly accountId: AccountId
    readonly recognized: RecognizedDevice
    /** The sessions of the device, as of `trustRevision`. */
    readonly sessions: readonly SessionId[]
    readonly trustRevision: number
    readonly context: AuditContext
    readonly now: Date
  },
): Promise<CloneAlarm | null> {
  const { accountId, recognized, sessions, trustRevision, context, now } = input
  const { device, fault } = recognized
  if (!device || fault !== 'reused') return null
  if (!(await deps.devices.markCopied({ accountId, deviceId: device.id, sessions, trustRevision, at: now })))
    return null
  return {
    device,
    event: {
      action: 'device.clone_detected',
      actor: accountActor(accountId),
      targets: [{ id: device.id, type: 'DEVICE' }, ...sessions.map((id) => ({ id, type: 'SESSION' }) as const)],
      outcome: 'DENIED',
      context,
      metadata: { wasRemembered: device.rememberedUntil !== null && device.rememberedUntil > now },
    },
  }
}
