import type { SignInEvent } from '../event.js'
import type { AddressSpace, Located } from '../world/address-space.js'
import type { Random } from '../world/random.js'
import type { WorldSettings } from '../world/settings.js'

/** What an attacker can know about a victim: what a phishing page, a stealer or a shared flat shows. */
export interface Victim {
  readonly userId: string
  /** The latest sign-ins, the last one last; never empty. */
  readonly recent: readonly SignInEvent[]
  /** The address of the victim's home now. For who lives there too; others must not look. */
  readonly home: (now: number) => Located
}

/** What attackers draw on. The stream is theirs alone. */
export interface AttackTools {
  readonly space: AddressSpace
  readonly settings: WorldSettings
  readonly random: Random
}

/** An attacker who has the victim's password and tries to sign in. */
export interface Attacker {
  readonly name: string
  /** The sign-ins tried, none before the moment; nearly always one. */
  attempts(tools: AttackTools, victim: Victim, at: number): readonly SignInEvent[]
}

/** What makes up a request, beside who is said to send it. */
export interface Guise {
  readonly network: Located
  readonly userAgent: string
  readonly language: string
  readonly timeZone: string
  readonly cookie: string
}

export function attemptOf(victim: Victim, at: number, guise: Guise): SignInEvent {
  const { network, ...client } = guise
  const { address, country, asn, place } = network
  return {
    at,
    userId: victim.userId,
    address,
    country,
    asn,
    place,
    ...client,
    deviceToken: null,
    successful: true,
  }
}
