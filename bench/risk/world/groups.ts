import type { Person } from './person.js'
import type { Weeks, WorldSettings } from './settings.js'
import { WEEK_MS } from './time.js'

export interface Circumstances {
  readonly at: number
  readonly isTravelling: boolean
  readonly isMobile: boolean
  readonly isOnVpn: boolean
}

/** The groups by which the tables tell people and sign-ins apart. */
export function groupsOf(settings: WorldSettings, person: Person, now: Circumstances): readonly string[] {
  const { campaign, quiet } = settings.attacks
  const groups: string[] = [person.gapClass, person.privacy]
  if (person.vpnExits) groups.push('vpn')
  if (now.isOnVpn) groups.push('on-vpn')
  if (now.isTravelling) groups.push('traveller')
  if (now.isMobile) groups.push('mobile')
  if (now.isMobile && person.isBehindCgnat) groups.push('cgnat')
  if (isWithin(campaign, settings, now.at)) groups.push('campaign')
  if (isWithin(quiet, settings, now.at)) groups.push('quiet')
  return theSame(groups)
}

const LISTS = new Map<string, readonly string[]>()

/** The list with these groups that was made first: there are a few dozen, and millions of sign-ins. */
function theSame(groups: readonly string[]): readonly string[] {
  const key = groups.join()
  const known = LISTS.get(key)
  if (known) return known
  LISTS.set(key, groups)
  return groups
}

export function isWithin(weeks: Weeks, settings: WorldSettings, at: number): boolean {
  const week = (at - settings.startsAt) / WEEK_MS
  return week >= weeks.from && week < weeks.until
}
