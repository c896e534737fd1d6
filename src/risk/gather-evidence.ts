import type { Evidence } from './evidence.js'
import { sight } from './observe.js'
import type { RiskDeps, RiskFacts } from './ports.js'
import { ageProfile } from './profile/age-profile.js'
import { unpackProfile } from './profile/pack-profile.js'
import { emptyProfile, type RiskProfile } from './profile/profile.js'
import { withSession } from './profile/with-session.js'

/** What the signals look at: the request, the account's history up to now, and what is known of everyone. */
export function gatherEvidence(deps: RiskDeps, facts: RiskFacts): Evidence {
  const now = deps.clock.now().getTime()
  const seen = sight(deps, facts)
  const session = facts.purpose === 'SIGN_IN' ? null : facts.session
  const profile = historyOf(facts, now)
  return {
    facts,
    seen,
    history: session === null ? profile : withSession(profile, session, now),
    population: deps.population,
    listed: deps.listed({ address: facts.origin.address, deviceId: facts.deviceId }),
    inSession: session !== null,
    now,
  }
}

/** A profile that cannot be read is none: nothing is usual then, and a hard rule asks. */
function historyOf({ profile }: RiskFacts, now: number): RiskProfile {
  const unpacked = profile === null ? null : unpackProfile(profile)
  return ageProfile(unpacked ?? emptyProfile, now)
}
