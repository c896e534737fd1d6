import { generateSync } from 'otplib'
import { toString } from 'qrcode'
import type { Clock } from '../../src/kernel/clock.js'
import { expect } from './surprise.js'

/** An authenticator app that has scanned the QR code. */
export interface Authenticator {
  /** The code it shows now (RFC 6238). */
  code(): string
}

/** Reads the app's parameters from the QR code's address. The app uses the gateway's clock, so its time is right. */
export function scanQrCode(otpauthUri: string, clock: Clock): Authenticator {
  const address = new URL(otpauthUri)
  const { secret, algorithm, digits, period } = Object.fromEntries(address.searchParams)
  expect(address.protocol === 'otpauth:' && address.host === 'totp' && secret !== undefined, otpauthUri)
  expect(algorithm === 'SHA1' && digits === '6' && period === '30', otpauthUri)
  return { code: () => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) }) }
}

/** The QR code for a terminal. Without colours it is drawn in the text colour, which not every app can read. */
export async function drawQrCode(otpauthUri: string, colours: boolean): Promise<string> {
  // Only the type `terminal` has the option `small`.
  const options = colours ? ({ type: 'terminal', small: true } as const) : ({ type: 'utf8' } as const)
  return toString(otpauthUri, { ...options, errorCorrectionLevel: 'L' })
}
