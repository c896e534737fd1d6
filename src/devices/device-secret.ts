import { secondsBetween } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Device, DeviceSettings } from './device.js'

export interface DeviceSecret {
  /** Plain, so never stored or logged. */
  readonly secret: string
  readonly secretHash: string
  readonly keyId: string
}

const PURPOSE = 'device'
/** How many secrets back one that is used up is still recognised: years of sign-ins. */
const REMEMBERED_GENERATIONS = 1000

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

/** Whether a secret is in force, or was until a moment ago: answers get lost and tabs race. */
export function isAccepted(
  deps: { readonly secrets: Secrets; readonly settings: Pick<DeviceSettings, 'rotationGraceSeconds'> },
  device: Device,
  secret: string,
  now: Date,
): boolean {
  const { secrets, settings } = deps
  if (secrets.equal(secrets.digest(secret), device.secretHash)) return true
  const inGrace = secondsBetween(device.rotatedAt, now) <= settings.rotationGraceSeconds
  return inGrace && secrets.equal(nextSecret(secrets, device, secret).secretHash, device.secretHash)
}

/** Whether deriving on from `secret` leads to the one in force: then it was once a secret of this device. */
export function isUsedUp(secrets: Secrets, { keyId, secretHash }: Device, secret: string): boolean {
  let descendant = secrets.derive(PURPOSE, keyId, secret)
  for (let generation = 0; generation < REMEMBERED_GENERATIONS && descendant !== null; generation += 1) {
    if (secrets.digest(descendant) === secretHash) return true
    descendant = secrets.derive(PURPOSE, keyId, descendant)
  }
  return false
}
