import type { Evidence, Signal } from '../evidence.js'
import type { Suspect } from '../model/attackers.js'
import type { Likelihood } from '../model/likelihood.js'

/** Beta(2, 1): before anything is known, two of three sign-ins are expected to bring a token along. */
const PRIOR = { with: 2, without: 1 } as const

/** How likely an attacker is to bring what only theft explains; a remembered device is the better proof. */
const STRAY = { trusted: 0.001, known: 0.003 } as const
/** A session is never without its credential. */
const IN_SESSION = 0.99

/** Evidence of possession: the device token or, once signed in, the session; and how unusual it is to come without. */
export const deviceToken: Signal = (evidence) => ({
  likelihoods: [likelihood(evidence)],
  bounds: [-Infinity, Infinity],
})

function likelihood(evidence: Evidence): Likelihood {
  const { facts, inSession } = evidence
  const usual = inSession ? IN_SESSION : usualShare(evidence)
  switch (facts.deviceToken) {
    case 'trusted':
      return valid('DEVICE_TOKEN_TRUSTED', 'a device remembered after MFA', usual, STRAY.trusted)
    case 'foreign':
      return absent('DEVICE_TOKEN_FOREIGN', 'a device token that is not valid for this account', usual)
    case 'known':
      if (inSession) break
      return valid('DEVICE_TOKEN_KNOWN', 'a device seen before, but not remembered', usual, STRAY.known)
    case 'none':
      if (inSession) break
      return absent('DEVICE_TOKEN_NONE', 'no device token', usual)
  }
  return valid('SESSION_CONTINUES', 'a session that was proved before', usual, STRAY.known)
}

/** How often this person brings a token along; people who use private windows never do. */
function usualShare({ history }: Evidence): number {
  const { withToken, withoutToken } = history
  return (PRIOR.with + withToken) / (PRIOR.with + PRIOR.without + withToken + withoutToken)
}

function valid(code: Likelihood['code'], detail: string, person: number, stray: number): Likelihood {
  return { code, detail, person, attacker: ({ token }) => (token === 'valid' ? 1 - stray : stray) }
}

function absent(code: Likelihood['code'], detail: string, usual: number): Likelihood {
  const attacker = ({ token }: Suspect): number => (token === 'valid' ? STRAY.known : 1 - STRAY.known)
  return { code, detail, person: 1 - usual, attacker }
}
