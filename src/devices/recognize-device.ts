import { parseId, type DeviceId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Devices, DeviceSettings, RecognizedDevice } from './device.js'
import { isAccepted } from './device-secret.js'

const NOTHING: RecognizedDevice = Object.freeze({ state: 'none', device: null, secret: '', fault: null })

/**
 * Judges a device token by its secret, against the devices of the account it was presented for. A token of a device that
 * was forgotten is nothing; a wrong or long rotated secret of a device that exists is somebody's copy (`foreign`), never
 * a mistake; and one of a device that was copied proves nothing in anybody's hands. `demandKey` asks for its key.
 */
export function recognizeDevice(
  deps: { readonly secrets: Secrets; readonly settings: DeviceSettings },
  devices: Devices,
  token: string | null,
  now: Date,
): RecognizedDevice {
  const [idText = '', ...parts] = token?.split('.') ?? []
  // Whatever follows the id is the secret, so that a token with a part too many has a wrong one.
  const secret = parts.join('.')
  const id = parseId<DeviceId>(idText)
  const device = id ? devices[id] : undefined
  if (!device) return NOTHING
  if (!isAccepted(deps, device, secret, now)) return { state: 'foreign', device, secret, fault: 'wrong-secret' }
  if (device.copiedAt !== null) return { state: 'none', device, secret, fault: 'copied' }
  const remembered = device.rememberedUntil !== null && device.rememberedUntil > now
  return { state: remembered ? 'trusted' : 'known', device, secret, fault: null }
}
