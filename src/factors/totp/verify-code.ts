import { verifySync } from 'otplib'
import { readDigits } from '../read-digits.js'
import type { AcceptedWindow } from './drift.js'
import type { TotpMaterial } from './totp-material.js'
import { isUsed } from './used-steps.js'

/**
 * The time step of a code, or null when the code is wrong or malformed, or its step was used before (R001, R022). The
 * expected step counts, and those of the window before and after it (RFC 6238 5.2 and 6).
 */
export function timeStepOf(
  totp: TotpMaterial,
  seed: string,
  code: string,
  now: Date,
  window: AcceptedWindow,
): number | null {
  const token = readDigits(code, totp.digits)
  if (token === null) return null
  try {
    const result = verifySync({
      secret: seed,
      token,
      algorithm: totp.algorithm,
      digits: totp.digits,
      period: totp.periodSeconds,
      epoch: Math.max(0, Math.floor(now.getTime() / 1000) + window.driftSteps * totp.periodSeconds),
      epochTolerance: [window.pastSteps * totp.periodSeconds, window.stepsAhead * totp.periodSeconds],
    })
    if (!result.valid || !('timeStep' in result)) return null
    return isUsed(totp, result.timeStep, now) ? null : result.timeStep
  } catch {
    // otplib throws on unreadable input; to the caller that is a wrong code.
    return null
  }
}
