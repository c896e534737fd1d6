import type { SignInEvent } from '../event.js'
import { agentLevels } from './agent-levels.js'
import { freemanFeature } from './freeman-feature.js'
import type { Policy } from './policy.js'

// The weights Wiefling et al. published for the RBA dataset.
const ADDRESS_WEIGHTS = [0.6, 0.3, 0.1]
const AGENT_WEIGHTS = [0.5387, 0.268, 0.1882, 0.0051]

// S = 1: as likely an attacker as the person. There is no published default; quantiles come from the scores anyway.
const THRESHOLD = 0

/**
 * Freeman et al. as Wiefling et al. ported it, without data on attacks; the score is ln S.
 * S = Π p(x)/p(x|u) · p(u|attack)/p(u), with p(u|attack) the same for every account.
 */
export function freeman(): Policy {
  const address = freemanFeature(ADDRESS_WEIGHTS)
  const agent = freemanFeature(AGENT_WEIGHTS)
  const signInsOf = new Map<string, number>()
  let signIns = 0

  /** ln of p(u|attack) / p(u): who signs in often is, at this sign-in, more likely the one it is. */
  const logPrior = (userId: string): number => {
    const own = Math.max(1, signInsOf.get(userId) ?? 0)
    return Math.log(Math.max(1, signIns) / (Math.max(1, signInsOf.size) * own))
  }

  return {
    name: 'Freeman',
    judge: (event) => {
      const { userId } = event
      const logRatio = address.logRatio(userId, addressValues(event)) + agent.logRatio(userId, agentValues(event))
      const score = logRatio + logPrior(userId)
      // The port does not score first sign-ins, so it has to prompt.
      return { score, prompts: score > THRESHOLD || !signInsOf.has(userId) }
    },
    learn: (event) => {
      const { userId } = event
      address.learn(userId, addressValues(event))
      agent.learn(userId, agentValues(event))
      signInsOf.set(userId, (signInsOf.get(userId) ?? 0) + 1)
      signIns += 1
    },
    fail: () => undefined,
    profileBytes: (userId) => address.bytes(userId) + agent.bytes(userId),
  }
}

const addressValues = ({ address, asn, country }: SignInEvent): readonly string[] => [
  address,
  asn === null ? '' : String(asn),
  country,
]

function agentValues({ userAgent }: SignInEvent): readonly string[] {
  const { full, browserVersion, systemVersion, deviceType } = agentLevels(userAgent)
  return [full, browserVersion, systemVersion, deviceType]
}
