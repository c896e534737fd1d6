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

/** The secret of a new device. */
export function firstSecret(secrets: Secrets): DeviceSecret {
  const secret = secrets.random()
  return { secret, secretHash: secrets.digest(secret), keyId: secrets.currentKeyId }
}

/**
 * The successor of a secret, the same for every caller: two racing tabs get one successor, and used-up secrets need not
 * be stored. If the key has left the ring, the current key derives it.
 */
export function nextSecret(secrets: Secrets, { keyId }: Pick<Device, 'keyId'>, former: string): DeviceSecret {
  const derived = secrets.derive(PURPOSE, keyId, former)
  if (derived !== null) return { secret: derived, secretHash: secrets.digest(derived), keyId }
  const secret = secrets.derive(PURPOSE, secrets.currentKeyId, former)
  if (secret === null) throw new Error('the current key is not in its own ring')
  return { secret, secretHash: secrets.digest(secret), keyId: secrets.currentKeyId }
}

/**
 * The state of a secret among those of its device. A secret that is many sign-ins old is only recognised by `isUsedUp`.
 */
export function stateOfDeviceSecret(
  deps: { readonly secrets: Secrets; readonly settings: Pick<DeviceSettings, 'secretTimes'> },
  device: Device,
  secret: string,
  now: Date,
): StateInLine {
  return stateInLine({ secrets: deps.secrets, times: deps.settings.secretTimes }, PURPOSE, lineOf(device), secret, now)
}

/** Whether repeated derivation from `secret` leads to the one in force, so that it was once a secret of this device. */
export const isUsedUp = (secrets: Secrets, device: Device, secret: string): boolean =>
  isAncestor(secrets, PURPOSE, lineOf(device), secret)

/**
 * A record without notes about the arrival is older than these notes: its secret counts as arrived when it was made.
 */
function lineOf({ secretHash, keyId, rotatedAt, handedTo, presentedAt }: Device): SecretLine {
  const arrivedAt = presentedAt ?? (handedTo === undefined ? rotatedAt : undefined)
  return { hash: secretHash, keyId, rotatedAt, ...(arrivedAt ? { presentedAt: arrivedAt } : {}) }
}
