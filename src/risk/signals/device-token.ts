import type { Evidence, Signal } from '../evidence.js'
import type { Suspect } from '../model/attackers.js'
import type { Likelihood } from '../model/likelihood.js'

/** Beta(2, 1): without any history, two of three sign-ins are expected to have a token. */
const PRIOR = { with: 2, without: 1 } as const

/**
 * How likely an attacker is to have a valid token, which only theft explains. A remembered device is stronger evidence.
 */
const STRAY = { trusted: 0.001, known: 0.003 } as const
/** A session always has its credential. */
const IN_SESSION = 0.99

/** Evidence of possession: the device token or, once signed in, the session. Also how unusual it is to have none. */
export const deviceToken: Signal = (evidence) => ({
  likelihoods: [likelihood(evidence)],
  bounds: [-Infinity, Infinity],
})

type Valid = 'DEVICE_TOKEN_TRUSTED' | 'DEVICE_TOKEN_KNOWN' | 'SESSION_CONTINUES'
type Absent = 'DEVICE_TOKEN_FOREIGN' | 'DEVICE_TOKEN_NONE'

function likelihood(evidence: Evidence): Likelihood {
  const { facts, inSession } = evidence
  const usual = inSession ? IN_SESSION : usualShare(evidence)
  switch (facts.deviceToken) {
    case 'trusted':
      return valid('DEVICE_TOKEN_TRUSTED', usual, STRAY.trusted)
    case 'foreign':
      return absent('DEVICE_TOKEN_FOREIGN', usual)
    case 'known':
      if (inSession) break
      return valid('DEVICE_TOKEN_KNOWN', usual, STRAY.known)
    case 'none':
      if (inSession) break
      return absent('DEVICE_TOKEN_NONE', usual)
  }
  return valid('SESSION_CONTINUES', usual, STRAY.known)
}

/** How often this account's sign-ins have a token. People who use private windows never have one. */
function usualShare({ history }: Evidence): number {
  const { withToken, withoutToken } = history
  return (PRIOR.with + withToken) / (PRIOR.with + PRIOR.without + withToken + withoutToken)
}

function valid(code: Valid, person: number, stray: number): Likelihood {
  return { finding: { code }, person, attacker: ({ token }) => (token === 'valid' ? 1 - stray : stray) }
}

function absent(code: Absent, usual: number): Likelihood {
  const attacker = ({ token }: Suspect): number => (token === 'valid' ? STRAY.known : 1 - STRAY.known)
  return { finding: { code }, person: 1 - usual, attacker }
}
