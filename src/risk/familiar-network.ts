import type { Clock } from '../kernel/clock.js'
import { parseAddress } from '../networks/index.js'
import type { RiskDeps } from './ports.js'
import { ageProfile } from './profile/age-profile.js'
import { unpackProfile, type PackedProfile } from './profile/pack-profile.js'
import { countOf } from './profile/profile.js'

/** Whether the account had a verified sign-in from the /24 or /48 of an address, as far back as profiles go. */
export function isFamiliarNetwork(
  { hash, clock }: Pick<RiskDeps, 'hash'> & { readonly clock: Clock },
  packed: PackedProfile | null,
  address: string,
): boolean {
  const profile = packed === null ? null : unpackProfile(packed)
  const parsed = parseAddress(address)
  if (!profile || !parsed) return false
  const { subnets } = ageProfile(profile, clock.now().getTime())
  return countOf(subnets, hash(`subnet\0${parsed.subnet}`)) > 0
}
