import { contribution, type Contribution } from '../contribution.js'
import type { Evidence, Signal } from '../evidence.js'
import type { ObservedAgent } from '../observation.js'
import type { RiskProfile } from '../profile.js'

const MOVED_NATS = 3
const NEW_SYSTEM_NATS = 2
const NEW_BROWSER_NATS = 1.75
const VERSION_BACK_NATS = 1

/** Another browser or system than is usual for the session, for the device, or else for the person. */
export const agent: Signal = (evidence) => {
  const { facts, history, inSession, seen } = evidence
  if (history === null) return []
  const current = seen.observation.agent
  if (inSession && facts.session !== null) return comparedWithOwn(current, [facts.session.observation.agent])
  const hasToken = facts.deviceToken === 'trusted' || facts.deviceToken === 'known'
  if (!hasToken) return comparedWithAll(current, history.agents)
  const own = agentsOfDevice(history, evidence)
  return comparedWithOwn(current, own.length > 0 ? own : history.agents)
}

function agentsOfDevice(history: RiskProfile, { seen: { observation } }: Evidence): readonly ObservedAgent[] {
  return observation.device === null ? [] : history.agents.filter(({ device }) => device === observation.device)
}

/** Cookies do not move from one browser to another by themselves, so a token or session that did was carried (R088). */
function comparedWithOwn(current: ObservedAgent, own: readonly ObservedAgent[]): readonly Contribution[] {
  const same = own.filter(({ browser }) => browser === current.browser)
  if (same.length > 0) return comparedByVersion(current, same)
  return [contribution('AGENT_MOVED', MOVED_NATS, 'its device or session was proved with another browser or system')]
}

function comparedWithAll(current: ObservedAgent, all: readonly ObservedAgent[]): readonly Contribution[] {
  const same = all.filter(({ browser }) => browser === current.browser)
  if (same.length > 0) return comparedByVersion(current, same)
  if (all.some(({ system }) => system === current.system)) {
    return [contribution('AGENT_NEW_BROWSER', NEW_BROWSER_NATS, 'a new browser on a familiar system')]
  }
  return [contribution('AGENT_NEW_SYSTEM', NEW_SYSTEM_NATS, 'a new operating system or kind of device')]
}

/** Browsers go forward by themselves and hardly ever back. A version that is missing is taken to have gone back. */
function comparedByVersion(current: ObservedAgent, same: readonly ObservedAgent[]): readonly Contribution[] {
  const { major } = current
  const isForward = same.some((known) => known.major === null || (major !== null && major >= known.major))
  if (isForward) return []
  return [contribution('AGENT_VERSION_BACK', VERSION_BACK_NATS, 'an older version of a familiar browser')]
}
