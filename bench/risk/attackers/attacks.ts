import type { SignInEvent, TrueEvent } from '../event.js'
import type { World } from '../world/create-people.js'
import { isWithin } from '../world/groups.js'
import { addressOf } from '../world/lines.js'
import type { Person } from '../world/person.js'
import { createRandom } from '../world/random.js'
import { DAY_MS, WEEK_MS } from '../world/time.js'
import type { Attacker, AttackTools, Victim } from './attacker.js'
import { insider } from './insider.js'
import { naive } from './naive.js'
import { poisoner } from './poisoner.js'
import { relay } from './relay.js'
import { residential } from './residential.js'
import { stolenToken } from './stolen-token.js'
import { planStuffing, STUFFING, type PlannedAttack } from './stuffing.js'
import { targeted } from './targeted.js'
import { vpn } from './vpn.js'

/** Those who try one person at a time. */
const ATTACKERS: readonly Attacker[] = [naive, vpn, residential, targeted, relay, stolenToken, insider, poisoner]

/** As they appear in the truth of events. */
export const ATTACKER_NAMES: readonly string[] = [...ATTACKERS.map(({ name }) => name), STUFFING]

export interface Attacks {
  readonly planned: readonly PlannedAttack[]
  /** Sees every sign-in, and answers the attack that it triggers now, or null. */
  watch(person: Person, event: SignInEvent): ((at: number) => readonly TrueEvent[]) | null
}

/** What attackers remember of a person. */
const MOST_RECENT = 16
const COMES_BACK = poisoner

/** Who is attacked when by whom. Everything is drawn from streams that people do not use. */
export function createAttacks(world: World, seed: number, people: readonly Person[]): Attacks {
  const { settings, space } = world
  const { attacks } = settings
  const tools: AttackTools = { space, settings, random: createRandom(seed, 'attacks') }
  const chosen = choose(tools, people)
  const watched = new Map<Person, Watched>()
  for (const person of [...chosen.victims, ...chosen.probed]) watched.set(person, { recent: [], signIns: 0 })

  const strike = (attacker: Attacker, person: Person, group: string, at: number): readonly TrueEvent[] => {
    const recent = watched.get(person)?.recent ?? []
    // An account that was never used is not phished.
    if (recent.length === 0) return []
    const attempts = attacker.attempts(tools, victimOf(person, recent), at)
    const groups = [person.gapClass, person.privacy, group]
    return attempts.map((event) => ({ event, truth: { attacker: attacker.name, groups } }))
  }
  const planned = [...chosen.victims].flatMap((person) =>
    ATTACKERS.map((attacker) => ({
      at: momentFor(tools, attacker),
      run: (at: number) => strike(attacker, person, 'campaign', at),
    })),
  )
  const probers = ATTACKERS.filter((attacker) => attacker !== COMES_BACK)
  return {
    planned: [...planned, ...planStuffing(tools, chosen.stuffed)],
    watch: (person, event) => {
      const known = watched.get(person)
      if (!known) return null
      known.signIns++
      known.recent = [...known.recent, event].slice(-MOST_RECENT)
      const isProbed = chosen.probed.has(person) && attacks.probedSizes.includes(known.signIns)
      // The time that is compared stays free of everything that does not belong to it.
      if (!isProbed || isWithin(attacks.campaign, settings, event.at) || isWithin(attacks.quiet, settings, event.at)) {
        return null
      }
      const group = `history-${known.signIns}`
      return (at) => probers.flatMap((attacker) => strike(attacker, person, group, at))
    },
  }
}

interface Watched {
  recent: readonly SignInEvent[]
  signIns: number
}

interface Chosen {
  readonly victims: ReadonlySet<Person>
  readonly probed: ReadonlySet<Person>
  readonly stuffed: readonly Person[]
}

/** Accounts under stuffing have no other attacker: the failures would make the others easier to detect. */
function choose({ settings, random }: AttackTools, people: readonly Person[]): Chosen {
  const { victimShare, probedShare, stuffedShare } = settings.attacks
  const victims = new Set(people.filter(() => random.chance(victimShare)))
  const probed = new Set(people.filter(() => random.chance(probedShare)))
  const left = people.filter((person) => !victims.has(person))
  return { victims, probed, stuffed: left.filter(() => random.chance(stuffedShare / (1 - victimShare))) }
}

/** Within the campaign; who comes back begins in its first days. */
function momentFor({ settings, random }: AttackTools, attacker: Attacker): number {
  const { campaign } = settings.attacks
  const startsAt = settings.startsAt + campaign.from * WEEK_MS
  const lastMs = attacker === COMES_BACK ? 2 * DAY_MS : (campaign.until - campaign.from) * WEEK_MS - DAY_MS
  return Math.floor(startsAt + random.next() * Math.max(lastMs, 1))
}

function victimOf(person: Person, recent: readonly SignInEvent[]): Victim {
  return { userId: person.userId, recent, home: (at) => addressOf(person.home, at) }
}
