import { parseId, type DeviceId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Devices, DeviceSettings, RecognizedDevice } from './device.js'
import { isUsedUp, stateOfDeviceSecret } from './device-secret.js'

const NOTHING: RecognizedDevice = Object.freeze({ state: 'none', device: null, secret: '', fault: null })

/**
 * Judges a device token by its secret, against the devices of the account it was presented for. A token of a device that
 * was forgotten is nothing. A secret that was replaced proves nothing once its successor arrived; that the answer with the
 * successor was lost costs nobody anything. A secret that never was one of the device is made up (`foreign`). And one of a
 * device that was copied proves nothing in anybody's hands. `demandKey` asks for its key.
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
  const state = stateOfDeviceSecret(deps, device, secret, now)
  if (state === 'unknown') return { state: 'foreign', device, secret, fault: 'wrong-secret' }
  if (device.copiedAt !== null) return { state: 'none', device, secret, fault: 'copied' }
  if (state === 'reused') return { state: 'none', device, secret, fault: 'reused' }
  if (state === 'lapsed') return { state: 'none', device, secret, fault: 'superseded' }
  const remembered = device.rememberedUntil !== null && device.rememberedUntil > now
  return { state: remembered ? 'trusted' : 'known', device, secret, fault: null }
}

/** Tells a secret that is many sign-ins old from one that was made up: a thousand derivations, so not for strangers. */
export function withUsedUpSecrets(secrets: Secrets, recognized: RecognizedDevice): RecognizedDevice {
  const { device, secret, fault } = recognized
  if (!device || fault !== 'wrong-secret' || !isUsedUp(secrets, device, secret)) return recognized
  return { ...recognized, state: 'none', fault: device.copiedAt === null ? 'reused' : 'copied' }
}
