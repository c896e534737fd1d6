import type { Signal } from '../evidence.js'

const MASS = 1
const BOUNDS = [-1, 1] as const

/** The expected similarity of the attributes, from none to all alike. An attacker can copy them (R088). */
const EXPECTED = {
  person: [0.1, 0.15, 0.25, 0.5],
  victim: [0.3, 0.4, 0.2, 0.1],
  population: [0.6, 0.3, 0.08, 0.02],
} as const

/** Compares what the client reports about itself with the known devices. A weak signal with narrow bounds. */
export const fingerprint: Signal = ({ facts: { fingerprintBin: bin }, history }) => {
  if (bin === null) return null
  const seen = history.fingerprints.reduce((sum, count) => sum + count, 0)
  const expected = (from: keyof typeof EXPECTED): number => EXPECTED[from][bin] ?? 0
  const isAlike = bin >= 2
  return {
    likelihoods: [
      {
        finding: { code: isAlike ? 'FINGERPRINT_ALIKE' : 'FINGERPRINT_UNLIKE' },
        person: ((history.fingerprints[bin] ?? 0) + MASS * expected('person')) / (seen + MASS),
        attacker: ({ agent: from }) => expected(from),
      },
    ],
    bounds: BOUNDS,
    isClaim: true,
  }
}
