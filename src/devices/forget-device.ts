import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId, DeviceId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { DeviceStore } from './ports.js'

export interface ForgetDeviceDeps {
  readonly devices: DeviceStore
  readonly audit: AuditLog
}

/** Forgets one device. False when the account has no such device, even if another account does. */
export function forgetDevice(
  deps: ForgetDeviceDeps,
  input: { readonly accountId: AccountId; readonly deviceId: DeviceId; readonly context: AuditContext },
): Promise<boolean> {
  const events = deps.audit.prepare(forgottenEvents(input, [input.deviceId]))
  return deps.devices.forget(input.accountId, input.deviceId, events)
}

/** Forgets every device of the account, so each will need the second factor again. Returns how many there were. */
export async function forgetAllDevices(
  deps: ForgetDeviceDeps,
  input: { readonly accountId: AccountId; readonly deviceIds: readonly DeviceId[]; readonly context: AuditContext },
): Promise<number> {
  await deps.devices.forgetAll(input.accountId, deps.audit.prepare(forgottenEvents(input, input.deviceIds)))
  return input.deviceIds.length
}

const forgottenEvents = (
  input: { readonly accountId: AccountId; readonly context: AuditContext },
  deviceIds: readonly DeviceId[],
) =>
  deviceIds.map(
    (id) =>
      ({
        action: 'device.forgotten',
        actor: accountActor(input.accountId),
        targets: [{ id, type: 'DEVICE' }],
        outcome: 'SUCCESS',
        context: input.context,
      }) as const,
  )
