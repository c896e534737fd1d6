import type { Device } from '../../devices/index.js'
import type { SessionId } from '../../kernel/ids.js'
import { packed, unpacked, type ByteReader } from './bytes.js'
import { readLabel, writeLabel } from './pack-label.js'
import { readAddress, readFingerprint, writeAddress, writeFingerprint } from './pack-origin.js'

/** What changes in a device only with the whole record; and its name, until it is renamed. */
export type DeviceFacts = Pick<
  Device,
  | 'name'
  | 'rememberedWith'
  | 'keyId'
  | 'rotatedAt'
  | 'firstSeenAt'
  | 'lastSeenAt'
  | 'address'
  | 'fingerprint'
  | 'handedTo'
>

const VERSION = 1
/** Append only: stored values name a type by its place. */
const REMEMBERED_WITH = [null, 'TOTP', 'SMS', 'EMAIL', 'WEBAUTHN', 'PUSH', 'RECOVERY_CODE'] as const
const HAS_SESSION = 1

/** Null if a part of it has no packed form; it is then stored as it is. */
export function packDevice(device: DeviceFacts): string | null {
  return packed((writer) => {
    writer.byte(VERSION)
    writer.byte(REMEMBERED_WITH.indexOf(device.rememberedWith ?? null))
    writer.byte(device.handedTo === undefined ? 0 : HAS_SESSION)
    if (device.handedTo !== undefined) writer.id(device.handedTo)
    writer.text(device.keyId)
    writer.time(device.lastSeenAt)
    writer.timeBefore(device.lastSeenAt, device.firstSeenAt)
    writer.timeBefore(device.lastSeenAt, device.rotatedAt)
    writeLabel(writer, device.name)
    writeAddress(writer, device.address)
    writeFingerprint(writer, device.fingerprint)
  })
}

/** Null for what no version of ours has written. */
export function unpackDevice(text: string): DeviceFacts | null {
  return unpacked(text, (reader) => {
    const rememberedWith = readRememberedWith(reader)
    const handedTo = reader.byte() === HAS_SESSION ? { handedTo: reader.id() as SessionId } : {}
    const keyId = reader.text()
    const lastSeenAt = reader.time()
    return {
      ...handedTo,
      rememberedWith,
      keyId,
      lastSeenAt,
      firstSeenAt: reader.timeBefore(lastSeenAt),
      rotatedAt: reader.timeBefore(lastSeenAt),
      name: readLabel(reader),
      address: readAddress(reader),
      fingerprint: readFingerprint(reader),
    }
  })
}

/** That part alone, which every request asks for. */
export const unpackRememberedWith = (text: string): NonNullable<Device['rememberedWith']> | null =>
  unpacked(text, (reader) => readRememberedWith(reader), 'beginning')

function readRememberedWith(reader: ByteReader): NonNullable<Device['rememberedWith']> | null {
  if (reader.byte() !== VERSION) throw new RangeError('a device is packed in another way')
  const type = REMEMBERED_WITH[reader.byte()]
  if (type === undefined) throw new RangeError('a device was remembered with an unknown factor')
  return type
}
