import { accountActor, type NewAuditEvent } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Device, RecognizedDevice } from './device.js'
import { isUsedUp } from './device-secret.js'
import type { DeviceStore } from './ports.js'

export interface CloneAlarmDeps {
  readonly devices: Pick<DeviceStore, 'markCopied'>
  readonly secrets: Secrets
}

/** The device there are two tokens of, and the event that says so. */
export interface CloneAlarm {
  readonly device: Device
  readonly event: NewAuditEvent
}

/**
 * A secret that was used up comes back: two clients have tokens of one device, and nobody can tell which of them is the
 * owner's. From then on neither speaks for it. Null when there is nothing to say, or it was said before: of any number of
 * callers one raises the alarm. A secret that never was one raises none, or whoever knows the id of a device could take
 * its trust away. To be called only once a first factor was right.
 */
export async function raiseCloneAlarm(
  deps: CloneAlarmDeps,
  input: {
    readonly accountId: AccountId
    readonly recognized: RecognizedDevice
    readonly context: AuditContext
    readonly now: Date
  },
): Promise<CloneAlarm | null> {
  const { accountId, recognized, context, now } = input
  const { device, fault, secret } = recognized
  if (!device || fault !== 'wrong-secret' || device.copiedAt !== null) return null
  if (!isUsedUp(deps.secrets, device, secret)) return null
  if (!(await deps.devices.markCopied(accountId, device.id, now))) return null
  return {
    device,
    event: {
      action: 'device.clone_detected',
      actor: accountActor(accountId),
      targets: [{ id: device.id, type: 'DEVICE' }],
      outcome: 'DENIED',
      context,
      metadata: { wasRemembered: device.rememberedUntil !== null && device.rememberedUntil > now },
    },
  }
}
