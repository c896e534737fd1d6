import { secondsBetween } from '../kernel/clock.js'
import { parseId, type DeviceId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Device, Devices, DeviceSettings, RecognizedDevice } from './device.js'

const NOTHING: RecognizedDevice = Object.freeze({ state: 'none', device: null })

/**
 * Judges a device token against the devices of the account it was presented for. A token of a device that was forgotten
 * is nothing; a wrong or long rotated secret of a device that exists is somebody's copy (`foreign`), never a mistake.
 */
export function recognizeDevice(
  deps: { readonly secrets: Secrets; readonly settings: DeviceSettings },
  devices: Devices,
  token: string | null,
  now: Date,
): RecognizedDevice {
  const [idText, secret = ''] = token?.split('.') ?? []
  const id = parseId<DeviceId>(idText)
  const device = id ? devices[id] : undefined
  if (!device) return NOTHING
  if (!isSecretOf(deps, device, secret, now)) return { state: 'foreign', device }
  const remembered = device.rememberedUntil !== null && device.rememberedUntil > now
  return { state: remembered ? 'trusted' : 'known', device }
}

function isSecretOf(
  deps: { readonly secrets: Secrets; readonly settings: DeviceSettings },
  device: Device,
  secret: string,
  now: Date,
): boolean {
  const hash = deps.secrets.digest(secret)
  if (deps.secrets.equal(hash, device.secretHash)) return true
  const inGrace = secondsBetween(device.rotatedAt, now) <= deps.settings.rotationGraceSeconds
  return inGrace && device.previousSecretHash !== null && deps.secrets.equal(hash, device.previousSecretHash)
}
