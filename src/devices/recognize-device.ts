import { parseId, type DeviceId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Devices, DeviceSettings, RecognizedDevice } from './device.js'
import { isUsedUp, stateOfDeviceSecret } from './device-secret.js'

const NOTHING: RecognizedDevice = Object.freeze({ state: 'none', device: null, secret: '', fault: null })

/**
 * Judges a device token by its secret, against the devices of the account it was presented for. A token of a forgotten
 * device counts as none. A replaced secret proves nothing once its successor arrived; if the answer with the successor
 * was lost, the old one still works. A secret the device never had is made up (`foreign`). A secret of a copied device
 * proves nothing, for any holder. `demandKey` checks the device's key.
 */
export function recognizeDevice(
  deps: { readonly secrets: Secrets; readonly settings: DeviceSettings },
  devices: Devices,
  token: string | null,
  now: Date,
): RecognizedDevice {
  const [idText = '', ...parts] = token?.split('.') ?? []
  // Everything after the id is the secret, so a token with an extra part has a wrong secret.
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

/**
 * Tells a secret that is many sign-ins old from a made-up one. Takes a thousand derivations, so it is not for
 * unauthenticated callers.
 */
export function withUsedUpSecrets(secrets: Secrets, recognized: RecognizedDevice): RecognizedDevice {
  const { device, secret, fault } = recognized
  if (!device || fault !== 'wrong-secret' || !isUsedUp(secrets, device, secret)) return recognized
  return { ...recognized, state: 'none', fault: device.copiedAt === null ? 'reused' : 'copied' }
}
