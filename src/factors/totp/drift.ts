import type { TotpMaterial } from './totp-material.js'

interface WindowSettings {
  readonly pastSteps: number
  readonly stepsAhead: number
  readonly maxDriftSteps: number
}

/** The accepted steps, around the step that the phone shows if its clock differs by `driftSteps`. */
export interface AcceptedWindow extends WindowSettings {
  readonly driftSteps: number
}

/**
 * The window of a factor (RFC 6238 section 6). Its width never depends on the drift. The strict profile accepts the
 * current code only. Without a step on both sides drift cannot be learned: the window could leave a right phone outside.
 */
export function windowFor(totp: Pick<TotpMaterial, 'driftSteps'>, settings: WindowSettings): AcceptedWindow {
  const stepsAhead = settings.pastSteps === 0 ? 0 : settings.stepsAhead
  const maxDriftSteps = stepsAhead === 0 ? 0 : settings.maxDriftSteps
  const driftSteps = within(totp.driftSteps, maxDriftSteps)
  return { driftSteps, pastSteps: settings.pastSteps, stepsAhead, maxDriftSteps }
}

/**
 * The drift after a code of this step passed: one step nearer to the phone if its clock and the expected time differ by
 * more than half a step. A smaller difference fits into the window, and slow typing looks the same.
 */
export function learnedDrift(
  totp: Pick<TotpMaterial, 'driftSteps' | 'periodSeconds'>,
  step: number,
  now: Date,
  { driftSteps, maxDriftSteps }: AcceptedWindow,
): number {
  // Drift that these settings do not use is kept as it is.
  if (maxDriftSteps === 0) return totp.driftSteps
  const expected = now.getTime() / 1000 / totp.periodSeconds + driftSteps
  if (step - expected > 0.5) return within(driftSteps + 1, maxDriftSteps)
  if (expected - (step + 1) > 0.5) return within(driftSteps - 1, maxDriftSteps)
  return driftSteps
}

const within = (steps: number, most: number): number => Math.max(-most, Math.min(most, steps)) || 0
