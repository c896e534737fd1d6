import type { AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { DeviceResolver } from './device.graphql.js'
import type { DeviceStore } from './ports.js'

export interface DevicesPorts {
  readonly devices: DeviceStore
  readonly audit: AuditLog
  readonly clock: Clock
}

/** The devices of the signed-in account. */
export const devicesModule = (ports: DevicesPorts) => ({ resolvers: [new DeviceResolver(ports)] })
