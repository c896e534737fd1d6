import { isAncestor, stateInLine, type SecretLine, type StateInLine } from '../kernel/secret-states.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Device, DeviceSettings } from './device.js'

export interface DeviceSecret {
  /** Plain, so never stored or logged. */
  readonly secret: string
  readonly secretHash: string
  readonly keyId: string
}

const PURPOSE = 'device'

/** The secret of a device that is new. */
export function firstSecret(secrets: Secrets): DeviceSecret {
  const secret = secrets.random()
  return { secret, secretHash: secrets.digest(secret), keyId: secrets.currentKeyId }
}

/**
 * The secret that follows another, the same one for whoever asks: two tabs that race get one successor, and nothing is
 * kept of secrets that are used up. A key that left the ring is succeeded by the current one.
 */
export function nextSecret(secrets: Secrets, { keyId }: Pick<Device, 'keyId'>, former: string): DeviceSecret {
  const derived = secrets.derive(PURPOSE, keyId, former)
  if (derived !== null) return { secret: derived, secretHash: secrets.digest(derived), keyId }
  const secret = secrets.derive(PURPOSE, secrets.currentKeyId, former)
  if (secret === null) throw new Error('the current key is not in its own ring')
  return { secret, secretHash: secrets.digest(secret), keyId: secrets.currentKeyId }
}

/** What a secret is among those of its device. One that is many sign-ins old is only known by `isUsedUp`. */
export function stateOfDeviceSecret(
  deps: { readonly secrets: Secrets; readonly settings: Pick<DeviceSettings, 'secretTimes'> },
  device: Device,
  secret: string,
  now: Date,
): StateInLine {
  return stateInLine({ secrets: deps.secrets, times: deps.settings.secretTimes }, PURPOSE, lineOf(device), secret, now)
}

/** Whether deriving on from `secret` leads to the one in force: then it was once a secret of this device. */
export const isUsedUp = (secrets: Secrets, device: Device, secret: string): boolean =>
  isAncestor(secrets, PURPOSE, lineOf(device), secret)

/** Where nothing was noted of its arrival, the secret was handed out before that was: it arrived when it was made. */
function lineOf({ secretHash, keyId, rotatedAt, handedTo, presentedAt }: Device): SecretLine {
  const arrivedAt = presentedAt ?? (handedTo === undefined ? rotatedAt : undefined)
  return { hash: secretHash, keyId, rotatedAt, ...(arrivedAt ? { presentedAt: arrivedAt } : {}) }
}
