import type { Device } from './device.js'
import type { RecordedDevice } from './record-device.js'
import type { DeviceId } from '../kernel/ids.js'

/** The device record that is stored in the same update as its session. */
export interface DeviceChange {
  readonly device: Device
  /** The record it replaces: if that was forgotten meanwhile, nothing may be stored. Null for a new device. */
  readonly before: Device | null
  readonly evicted: readonly DeviceId[]
}

export const deviceChangeOf = ({ device, before, evicted }: RecordedDevice): DeviceChange => ({
  device,
  before,
  evicted: evicted.map((each) => each.id),
})
