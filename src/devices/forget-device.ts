import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId, DeviceId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { DeviceStore } from './ports.js'

export interface ForgetDeviceDeps {
  readonly devices: DeviceStore
  readonly audit: AuditLog
}

/** Forgets one device. False when the account has no such device, even if another account does. */
export async function forgetDevice(
  deps: ForgetDeviceDeps,
  input: { readonly accountId: AccountId; readonly deviceId: DeviceId; readonly context: AuditContext },
): Promise<boolean> {
  if (!(await deps.devices.forget(input.accountId, input.deviceId))) return false
  await recordForgotten(deps, input, [input.deviceId])
  return true
}

/** Forgets every device of the account, so each will need the second factor again. Returns how many there were. */
export async function forgetAllDevices(
  deps: ForgetDeviceDeps,
  input: { readonly accountId: AccountId; readonly deviceIds: readonly DeviceId[]; readonly context: AuditContext },
): Promise<number> {
  await deps.devices.forgetAll(input.accountId)
  await recordForgotten(deps, input, input.deviceIds)
  return input.deviceIds.length
}

async function recordForgotten(
  deps: ForgetDeviceDeps,
  input: { readonly accountId: AccountId; readonly context: AuditContext },
  deviceIds: readonly DeviceId[],
): Promise<void> {
  await deps.audit.record(
    deviceIds.map((id) => ({
      action: 'device.forgotten',
      actor: accountActor(input.accountId),
      targets: [{ id, type: 'DEVICE' }],
      outcome: 'SUCCESS',
      context: input.context,
    })),
  )
}
