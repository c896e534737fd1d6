import type { DeviceTokenState, Observation } from './observation.js'
import { learn } from './profile/learn.js'
import { packProfile, unpackProfile, type PackedProfile } from './profile/pack-profile.js'
import { emptyProfile, type PassedStepUp } from './profile/profile.js'

export interface LearnInput {
  /** Null if this is the first sign-in that is learned. */
  readonly profile: PackedProfile | null
  readonly observation: Observation
  readonly now: Date
  /** The state of the sign-in's device token; null for a step-up, which is not a sign-in. */
  readonly deviceToken: DeviceTokenState | null
  readonly fingerprintBin: number | null
  /** The score of the sign-in whose challenge was passed; null if there was no challenge. */
  readonly passedScore: number | null
}

/**
 * The profile after one more verified sign-in or step-up. Unverified ones must never be learned: they would poison it.
 */
export function learnFrom({ profile, observation, now, deviceToken, fingerprintBin, passedScore }: LearnInput) {
  const before = profile === null ? emptyProfile : (unpackProfile(profile) ?? emptyProfile)
  const at = now.getTime()
  const hadToken = deviceToken === null ? null : deviceToken === 'trusted' || deviceToken === 'known'
  const passed = passedScore === null ? null : passedStepUp(observation, at, passedScore)
  return packProfile(learn(before, { observation, at, hadToken, fingerprintBin, passed }))
}

/** When the profile learned its first sign-in; null if it is empty. It knows nothing older. */
export function profileBegan(profile: PackedProfile | null): Date | null {
  const unpacked = profile === null ? null : unpackProfile(profile)
  return unpacked && new Date(unpacked.since)
}

function passedStepUp({ device, agent, network, host }: Observation, at: number, score: number): PassedStepUp {
  return { at, score, device: device ?? 0, browser: agent.browser, network: network ?? 0, host: host ?? 0 }
}
