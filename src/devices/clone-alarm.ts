import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Device, RecognizedDevice } from './device.js'
import type { DeviceStore } from './ports.js'

export interface CloneAlarmDeps {
  readonly devices: Pick<DeviceStore, 'markCopied'>
  readonly audit: AuditLog
}

/** The device whose token exists twice. */
export interface CloneAlarm {
  readonly device: Device
}

/**
 * A secret came back after its successor was used: two clients hold tokens of one device, and we cannot tell which is
 * the owner's. From then on neither token counts and the device's sessions end, so both sides are challenged. Null when
 * there is nothing to report, or the account changed meanwhile: of any number of callers one raises the alarm. A
 * made-up secret raises none, otherwise anyone who knows a device's id could revoke its trust. Call it only after a
 * right first factor.
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
  const events = deps.audit.prepare([
    {
      action: 'device.clone_detected',
      actor: accountActor(accountId),
      targets: [{ id: device.id, type: 'DEVICE' }, ...sessions.map((id) => ({ id, type: 'SESSION' }) as const)],
      outcome: 'DENIED',
      context,
      metadata: { wasRemembered: device.rememberedUntil !== null && device.rememberedUntil > now },
    },
  ])
  const copied = { accountId, deviceId: device.id, sessions, trustRevision, at: now, events }
  return (await deps.devices.markCopied(copied)) ? { device } : null
}
