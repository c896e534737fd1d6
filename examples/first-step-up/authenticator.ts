import { generateSync } from 'otplib'
import { toString } from 'qrcode'
import type { Clock } from '../../src/kernel/clock.js'
import { expect } from './surprise.js'

/** An authenticator app that has scanned the QR code. */
export interface Authenticator {
  /** The code it shows now (RFC 6238). */
  code(): string
}

/** Reads everything the app needs out of the QR code's address; the app's clock is right, so it is the gateway's. */
export function scanQrCode(otpauthUri: string, clock: Clock): Authenticator {
  const address = new URL(otpauthUri)
  const { secret, algorithm, digits, period } = Object.fromEntries(address.searchParams)
  expect(address.protocol === 'otpauth:' && address.host === 'totp' && secret !== undefined, otpauthUri)
  expect(algorithm === 'SHA1' && digits === '6' && period === '30', otpauthUri)
  return { code: () => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) }) }
}

/** The QR code for a terminal. Without colours it is drawn in the colour of the text, which not every app can read. */
export async function drawQrCode(otpauthUri: string, colours: boolean): Promise<string> {
  // `small` is an option of the type `terminal` alone.
  const options = colours ? ({ type: 'terminal', small: true } as const) : ({ type: 'utf8' } as const)
  return toString(otpauthUri, { ...options, errorCorrectionLevel: 'L' })
}
