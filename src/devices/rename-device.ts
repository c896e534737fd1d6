import { accountActor, type AuditLog } from '../audit/index.js'
import type { AccountId, DeviceId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { DeviceStore } from './ports.js'

export interface RenameDeviceDeps {
  readonly devices: DeviceStore
  readonly audit: AuditLog
}

export interface RenameDeviceInput {
  readonly accountId: AccountId
  readonly deviceId: DeviceId
  readonly name: string
  readonly context: AuditContext
}

/** Renames a device. False when the account has no such device. */
export function renameDevice(deps: RenameDeviceDeps, input: RenameDeviceInput): Promise<boolean> {
  const events = deps.audit.prepare([
    {
      action: 'device.renamed',
      actor: accountActor(input.accountId),
      targets: [{ id: input.deviceId, type: 'DEVICE' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return deps.devices.rename(input.accountId, input.deviceId, input.name, events)
}
