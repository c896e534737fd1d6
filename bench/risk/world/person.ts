import type { Located } from './address-space.js'
import type { Device } from './devices.js'
import type { Line } from './lines.js'
import type { Random } from './random.js'
import type { Rhythm } from './rhythm.js'
import type { GapClass, PrivacyHabit, Whereabouts } from './settings.js'

export interface Person {
  readonly userId: string
  readonly country: string
  readonly language: string
  readonly zone: string
  readonly random: Random
  readonly gapClass: GapClass
  readonly meanGapDays: number
  readonly rhythm: Rhythm
  readonly officeShare: number
  readonly privacy: PrivacyHabit
  readonly home: Line
  readonly work: Line
  readonly mobile: Line
  readonly isBehindCgnat: boolean
  /** Friends, family, the usual café. */
  readonly others: readonly Line[]
  readonly devices: readonly Device[]
  /** Null for who uses no VPN. */
  readonly vpnExits: readonly Located[] | null
  /** The trip that is on, or the next one. */
  trip: Trip
}

export interface Trip {
  readonly startsAt: number
  readonly endsAt: number
  readonly country: string
  readonly zone: string
  /** The hotel's; null until the person signs in there. */
  hotel: Line | null
}

/** Where a person is and what that means for the network. */
export type Spot = Whereabouts | 'trip'
