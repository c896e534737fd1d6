import { secondsAfter } from '../kernel/clock.js'
import { describeAgent } from '../kernel/describe-agent.js'
import type { FactorType } from '../kernel/factor-type.js'
import { newId, type AccountId, type SessionId } from '../kernel/ids.js'
import type { RequestOrigin } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { spokenFor, type Device, type DeviceCredential, type Devices } from './device.js'
import type { DeviceSettings, RecognizedDevice } from './device.js'
import type { Fingerprint } from './fingerprint.js'
import { firstSecret, nextSecret, type DeviceSecret } from './device-secret.js'

const DAY_SECONDS = 86_400
const TOKEN_DAYS = 365

export interface RecordDeviceInput {
  readonly accountId: AccountId
  /** The session that the same response hands out. */
  readonly handedTo: SessionId
  readonly recognized: RecognizedDevice
  readonly devices: Devices
  readonly origin: RequestOrigin
  readonly fingerprint: Fingerprint
  /** The key that was proved too; from now on the token only works together with it. Null: no key was proved. */
  readonly keyThumbprint: string | null
  /**
   * The kind of factor that MFA was just proved with, if the person asked to remember the device; null: do not remember
   * it.
   */
  readonly rememberWith: FactorType | null
  readonly now: Date
}

export interface RecordedDevice {
  readonly device: Device
  /** The record it replaces, as read; null for a new device. */
  readonly before: Device | null
  readonly credential: DeviceCredential
  /** Devices removed because the account has too many: first those not remembered, the longest unseen first. */
  readonly evicted: readonly Device[]
}

/** The record and the token of the device used to sign in: a known device gets a new secret, a new device its first. */
export function recordDevice(
  deps: { readonly secrets: Secrets; readonly settings: DeviceSettings },
  input: RecordDeviceInput,
): RecordedDevice {
  const { recognized, origin, now } = input
  const before = spokenFor(recognized)
  const { secret, secretHash, keyId } = secretAfter(deps.secrets, before, recognized.secret)
  const device: Device = {
    id: before?.id ?? newId(),
    name: before?.name ?? describeAgent(origin),
    secretHash,
    keyId,
    rotatedAt: before?.secretHash === secretHash ? before.rotatedAt : now,
    handedTo: input.handedTo,
    keyThumbprint: input.keyThumbprint,
    copiedAt: null,
    firstSeenAt: before?.firstSeenAt ?? now,
    lastSeenAt: now,
    ...remembrance(deps.settings, input, before),
    address: origin.address,
    fingerprint: { ...before?.fingerprint, ...input.fingerprint },
  }
  return {
    device,
    before,
    credential: {
      accountId: input.accountId,
      token: `${device.id}.${secret}`,
      expiresAt: secondsAfter(now, TOKEN_DAYS * DAY_SECONDS),
    },
    evicted: evict(input.devices, device, deps.settings.maxPerAccount, now),
  }
}

/** A secret that was replaced a moment ago leads to the one in force, which then stays: rotation never forks. */
const secretAfter = (secrets: Secrets, before: Device | null, presented: string): DeviceSecret =>
  before ? nextSecret(secrets, before, presented) : firstSecret(secrets)

/** Remembered again, or for as long as before, with the factor that was proved then. */
function remembrance(
  settings: DeviceSettings,
  { rememberWith, now }: RecordDeviceInput,
  before: Device | null,
): Pick<Device, 'rememberedUntil' | 'rememberedWith'> {
  if (rememberWith !== null) return { rememberedUntil: rememberedUntil(settings, now), rememberedWith: rememberWith }
  return { rememberedUntil: before?.rememberedUntil ?? null, rememberedWith: before?.rememberedWith ?? null }
}

const rememberedUntil = (settings: DeviceSettings, now: Date): Date =>
  secondsAfter(now, settings.rememberDays * DAY_SECONDS)

/** A remembered device was proved with MFA, so it only gives way to another remembered device. */
function evict(devices: Devices, keep: Device, limit: number, now: Date): Device[] {
  const isRemembered = ({ rememberedUntil }: Device): boolean => rememberedUntil !== null && rememberedUntil > now
  const rankOf = (device: Device): number => (isRemembered(device) ? 1 : 0)
  const others = Object.values(devices).filter((device) => device.id !== keep.id)
  const inOrder = others
    .filter((device) => rankOf(device) <= rankOf(keep))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.lastSeenAt.getTime() - b.lastSeenAt.getTime())
  return inOrder.slice(0, Math.max(0, others.length - limit + 1))
}
