import type { Device, RecordedDevice } from '../devices/index.js'
import type { DeviceId } from '../kernel/ids.js'

/** What is kept of a device beside the session it was used for, in the same update. */
export interface DeviceChange {
  readonly device: Device
  /** The record it replaces: were it forgotten meanwhile, nothing may be stored. Null for a device that is new. */
  readonly before: Device | null
  readonly evicted: readonly DeviceId[]
}

export const deviceChangeOf = ({ device, before, evicted }: RecordedDevice): DeviceChange => ({
  device,
  before,
  evicted: evicted.map((each) => each.id),
})
