import { integer, optional, text } from './parsers.js'
import type { SettingSections } from './setting.js'

/**
 * Applications with a login of their own: keys of their backends, proofs for them, and issuers whose tokens are
 * accepted.
 */
export const SERVICE_SETTINGS = {
  services: {
    maxKeys: {
      env: 'STEPGATE_MAX_SERVICE_KEYS',
      parser: integer(0, 10_000),
      default: '100',
      meaning: 'Service keys that can be valid at the same time. 0 allows none.',
    },
    lifetimeDays: {
      env: 'STEPGATE_SERVICE_KEY_LIFETIME',
      parser: integer(1, 730),
      default: '365',
      unit: 'days',
      meaning: 'The longest lifetime of a service key.',
    },
    overlapSeconds: {
      env: 'STEPGATE_SERVICE_KEY_OVERLAP',
      parser: integer(0, 604_800),
      default: '86400',
      unit: 'seconds',
      meaning: 'How long the old secret of a rotated service key keeps working.',
    },
    proofSeconds: {
      env: 'STEPGATE_PROOF_LIFETIME',
      parser: integer(10, 300),
      default: '120',
      unit: 'seconds',
      meaning: 'How long a proof for a backend is valid.',
    },
    trustedIssuers: {
      env: 'STEPGATE_TRUSTED_ISSUERS',
      parser: optional(text),
      default: '',
      meaning:
        'A JSON file with the issuers whose tokens can start a session, and how to check them. See ' +
        'docs/homegrown-login.md.',
    },
  },
} as const satisfies SettingSections
