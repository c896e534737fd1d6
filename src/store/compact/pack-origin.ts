import { isIPv4 } from 'node:net'
import { fullAgent, shortAgent } from './agent-text.js'
import type { ByteReader, ByteWriter } from './bytes.js'

const AS_TEXT = 0
const IPV4 = 4
const DIGEST_BYTES = 3

/** Names of attributes that clients usually report. Append new ones: stored values name them by their place. */
const USUAL_NAMES = [
  ...[
    'timeZone',
    'screen',
    'platform',
    'language',
    'languages',
    'colorDepth',
    'cores',
    'memory',
    'touch',
    'pixelRatio',
  ],
  ...[
    'hardwareConcurrency',
    'deviceMemory',
    'maxTouchPoints',
    'vendor',
    'fonts',
    'canvas',
    'webgl',
    'audio',
    'plugins',
  ],
  ...[
    'cookies',
    'storage',
    'doNotTrack',
    'appVersion',
    'model',
    'os',
    'osVersion',
    'appId',
    'architecture',
    'viewport',
  ],
]
const OTHER_NAME = 255

type Fingerprint = Readonly<Record<string, string>>

export function writeAddress(writer: ByteWriter, address: string): void {
  // Four numbers without leading zeros, so the text comes back as it was.
  if (isIPv4(address)) {
    writer.byte(IPV4)
    for (const part of address.split('.')) writer.byte(Number(part))
    return
  }
  writer.byte(AS_TEXT)
  writer.text(address)
}

export function readAddress(reader: ByteReader): string {
  if (reader.byte() === AS_TEXT) return reader.text()
  return [reader.byte(), reader.byte(), reader.byte(), reader.byte()].join('.')
}

export const writeAgent = (writer: ByteWriter, userAgent: string): void => writer.text(shortAgent(userAgent))

export const readAgent = (reader: ByteReader): string => fullAgent(reader.text())

export function writeFingerprint(writer: ByteWriter, fingerprint: Fingerprint): void {
  const attributes = Object.entries(fingerprint)
  writer.byte(attributes.length)
  for (const [name, digest] of attributes) {
    const place = USUAL_NAMES.indexOf(name)
    writer.byte(place === -1 ? OTHER_NAME : place)
    if (place === -1) writer.text(name)
    writer.base64url(digest, DIGEST_BYTES)
  }
}

export function readFingerprint(reader: ByteReader): Fingerprint {
  const attributes = Array.from({ length: reader.byte() }, () => {
    const place = reader.byte()
    const name = place === OTHER_NAME ? reader.text() : USUAL_NAMES[place]
    if (name === undefined) throw new RangeError('an attribute has no name')
    return [name, reader.base64url(DIGEST_BYTES)] as const
  })
  return Object.fromEntries(attributes)
}
