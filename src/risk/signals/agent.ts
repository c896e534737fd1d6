import type { Evidence, Signal } from '../evidence.js'
import { sharesAt } from '../model/level.js'
import type { Likelihood } from '../model/likelihood.js'
import { countOf, find } from '../profile/profile.js'

const MASS = 1
const BASE = { weight: 5, share: 1 / 8 } as const
const BOUNDS = [-2, 3] as const

/** Browsers update themselves and hardly ever go back. An attacker who copies a browser copies its version roughly. */
const GOES_BACK = { person: 0.02, victim: 0.15, population: 0.4 } as const

/**
 * Whether browser and operating system are usual for the account. Only families and the direction of versions are
 * compared.
 */
export const agent: Signal = (evidence) => {
  const { history, population, seen } = evidence
  const { system, browser } = seen.observation.agent
  const ofSystem = sharesAt(population, {
    counted: history.systems,
    key: system,
    parent: null,
    parentCount: history.total,
    mass: MASS,
    base: BASE,
  })
  const isKnown = ofSystem.own > 0
  const likelihoods: Likelihood[] = [
    {
      finding: { code: isKnown ? 'AGENT_USUAL_SYSTEM' : 'AGENT_NEW_SYSTEM' },
      isFamiliar: isKnown,
      person: ofSystem.person,
      attacker: ({ agent: from }) => (from === 'victim' && history.total > 0 ? ofSystem.own : ofSystem.population),
    },
  ]
  if (isKnown) likelihoods.push(...browserOf(evidence, { system, browser }))
  return { likelihoods, bounds: BOUNDS, isClaim: true }
}

function browserOf({ history, population, seen }: Evidence, key: { system: number; browser: number }): Likelihood[] {
  const share = sharesAt(population, {
    counted: history.browsers,
    key: key.browser,
    parent: key.system,
    parentCount: countOf(history.systems, key.system),
    mass: MASS,
    base: BASE,
  })
  const known = find(history.browsers, key.browser)
  const family: Likelihood = {
    finding: { code: known ? 'AGENT_USUAL_BROWSER' : 'AGENT_NEW_BROWSER' },
    isFamiliar: known !== null,
    person: share.person,
    attacker: ({ agent: from }) => (from === 'victim' ? share.own : share.population),
  }
  return known ? [family, version(seen.observation.agent.major, known.major)] : [family]
}

/** A version that is no longer reported counts as older. */
function version(major: number | null, newest: number | null): Likelihood {
  const isBack = newest !== null && (major === null || major < newest)
  const chance = (goesBack: number): number => (isBack ? goesBack : 1 - goesBack)
  return {
    finding: { code: isBack ? 'AGENT_VERSION_BACK' : 'AGENT_VERSION_FORWARD' },
    isFamiliar: !isBack,
    person: chance(GOES_BACK.person),
    attacker: ({ agent: from }) => chance(GOES_BACK[from]),
  }
}
