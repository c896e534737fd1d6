import { shortFingerprint, type Device } from '../../devices/index.js'
import type { DeviceId } from '../../kernel/ids.js'
import type { Value } from '../collection.js'
import { packDevice, unpackDevice, unpackRememberedWith, type DeviceFacts } from './pack-device.js'
import { withoutEmpty } from './without-empty.js'

type Stored = Readonly<Record<string, unknown>>

/** A device as it is stored: what updates and projections name, each by itself, and the rest as one text. */
export function compactDevice({ id, ...device }: Device): Value {
  const { name, keyId, rotatedAt, firstSeenAt, lastSeenAt, rememberedWith, address, fingerprint, handedTo, ...named } =
    device
  const facts: DeviceFacts = {
    ...{
      name,
      keyId,
      rotatedAt,
      firstSeenAt,
      lastSeenAt,
      rememberedWith: rememberedWith ?? null,
      address,
      fingerprint,
    },
    ...(handedTo === undefined ? {} : { handedTo }),
  }
  const text = packDevice(facts)
  return withoutEmpty({ ...named, ...(text === null ? facts : { packed: text }) })
}

/** The device, from its stored form or an older one. If only its standing was read, that is all the answer has. */
export function readDevice(id: DeviceId, stored: Stored): Device {
  const { packed: text, ...named } = stored
  if (named['secretHash'] === undefined) return readStanding(stored) as Device
  const facts = typeof text === 'string' ? unpackDevice(text) : null
  const isReadable = facts !== null || text === undefined
  const device = { ...USUAL, ...facts, ...named, id } as unknown as Device
  return {
    ...device,
    fingerprint: shortFingerprint(device.fingerprint),
    // What cannot be read proves nothing.
    ...(isReadable ? {} : { copiedAt: NEVER, rememberedUntil: null }),
  }
}

/** The standing of a device is read alone for the device of the caller's session. */
function readStanding({ packed: text, ...named }: Stored): object {
  const rememberedWith = typeof text === 'string' ? unpackRememberedWith(text) : null
  return { ...STANDING, rememberedWith, ...named }
}

/** The stored fields that the given fields of a device are read from. */
export const storedDeviceFields = (fields: readonly string[]): readonly string[] =>
  fields.includes('rememberedWith') ? [...fields, 'packed'] : fields

const NEVER = new Date(0)
const STANDING = { rememberedUntil: null, copiedAt: null, rememberedWith: null } as const

const USUAL = {
  ...STANDING,
  ...{ name: '', keyId: '', rotatedAt: NEVER, keyThumbprint: null, firstSeenAt: NEVER, lastSeenAt: NEVER },
  ...{ address: '', fingerprint: {} },
} as const satisfies Partial<Device>
