import type { Observation, ObservedAgent, Place, ProvedSession } from './observation.js'

/** How often a value was seen in proved sign-ins and step-ups, and when last. */
export type Seen = { readonly key: string; readonly count: number; readonly lastSeenAt: Date }

export type SeenAgent = ObservedAgent & {
  /** The device that showed it; null when no token named one. */
  readonly device: string | null
  readonly count: number
  readonly lastSeenAt: Date
}

export type LastPlace = Place & { readonly at: Date; readonly device: string | null }

/** What is usual for one person. A plain value of bounded size, stored in the account's document. */
export type RiskProfile = {
  readonly version: 1
  /** How many proved sign-ins and step-ups it was learned from. */
  readonly learned: number
  readonly countries: readonly Seen[]
  readonly networks: readonly Seen[]
  readonly subnets: readonly Seen[]
  readonly agents: readonly SeenAgent[]
  readonly lastPlace: LastPlace | null
}

/** The most values a profile holds of each kind; the one not seen for longest makes room. */
export const PROFILE_LIMITS = { countries: 8, networks: 16, subnets: 24, agents: 12 } as const

const KEPT_MS = 180 * 86_400_000

export const emptyProfile: RiskProfile = {
  version: 1,
  learned: 0,
  countries: [],
  networks: [],
  subnets: [],
  agents: [],
  lastPlace: null,
}

/** The profile after one more proved sign-in or step-up. Never give it what was not proved: that is how one is poisoned. */
export function learn(profile: RiskProfile | null, observation: Observation, now: Date): RiskProfile {
  const before = profile ?? emptyProfile
  return {
    version: 1,
    learned: before.learned + 1,
    countries: withKey(before.countries, observation.country, now, PROFILE_LIMITS.countries),
    networks: withKey(before.networks, observation.network, now, PROFILE_LIMITS.networks),
    subnets: withKey(before.subnets, observation.subnet, now, PROFILE_LIMITS.subnets),
    agents: withAgent(before.agents, observation, now),
    lastPlace: laterPlace(before.lastPlace, observation, now),
  }
}

/** The profile as it looks from inside a session: what the session was proved with is usual too, whoever else is newer. */
export function withSession(profile: RiskProfile | null, session: ProvedSession, now: Date): RiskProfile {
  const { observation, provedAt } = session
  const lastPlace = laterPlace(profile?.lastPlace ?? null, observation, provedAt)
  return { ...learn(profile, observation, now), lastPlace }
}

export function hasSeen(list: readonly Seen[], key: string | null): boolean {
  return key !== null && list.some((seen) => seen.key === key)
}

function withKey(list: readonly Seen[], key: string | null, now: Date, limit: number): readonly Seen[] {
  if (key === null) return newest(list, now, limit)
  const known = list.find((seen) => seen.key === key)
  const others = list.filter((seen) => seen !== known)
  return newest([{ key, count: (known?.count ?? 0) + 1, lastSeenAt: now }, ...others], now, limit)
}

function withAgent(list: readonly SeenAgent[], { agent, device }: Observation, now: Date): readonly SeenAgent[] {
  const known = list.find((seen) => seen.browser === agent.browser && seen.device === device)
  const others = list.filter((seen) => seen !== known)
  const current: SeenAgent = {
    system: agent.system,
    browser: agent.browser,
    major: agent.major ?? known?.major ?? null,
    device,
    count: (known?.count ?? 0) + 1,
    lastSeenAt: now,
  }
  return newest([current, ...others], now, PROFILE_LIMITS.agents)
}

/** Newest first, without what is too old to say anything. */
function newest<T extends { readonly lastSeenAt: Date }>(list: readonly T[], now: Date, limit: number): readonly T[] {
  return list
    .filter(({ lastSeenAt }) => now.getTime() - lastSeenAt.getTime() <= KEPT_MS)
    .toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
    .slice(0, limit)
}

function laterPlace(last: LastPlace | null, { place, device }: Observation, now: Date): LastPlace | null {
  if (place === null || (last !== null && last.at > now)) return last
  return { ...place, at: now, device }
}
