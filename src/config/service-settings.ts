import { integer, optional, text } from './parsers.js'
import type { SettingTable } from './setting.js'

/** Applications with a login of their own: keys of their backends, proofs for them, and issuers whose tokens are taken. */
export const SERVICE_SETTINGS = {
  maxServiceKeys: {
    env: 'STEPGATE_MAX_SERVICE_KEYS',
    parser: integer(0, 10_000),
    default: '100',
    meaning: 'Service keys that may work at the same time; 0 makes none.',
  },
  serviceKeyDays: {
    env: 'STEPGATE_SERVICE_KEY_LIFETIME',
    parser: integer(1, 730),
    default: '365',
    unit: 'days',
    meaning: 'How long a service key works at most.',
  },
  serviceKeyOverlapSeconds: {
    env: 'STEPGATE_SERVICE_KEY_OVERLAP',
    parser: integer(0, 604_800),
    default: '86400',
    unit: 'seconds',
    meaning: 'How long the old secret of a rotated service key works beside the new one.',
  },
  proofSeconds: {
    env: 'STEPGATE_PROOF_LIFETIME',
    parser: integer(10, 300),
    default: '120',
    unit: 'seconds',
    meaning: 'How long the proof of an authentication that a backend began is good for.',
  },
  trustedIssuers: {
    env: 'STEPGATE_TRUSTED_ISSUERS',
    parser: optional(text),
    default: '',
    meaning:
      'A JSON file that names the issuers whose tokens may begin a session, and how they are checked: ' +
      'docs/homegrown-login.md.',
  },
} as const satisfies SettingTable
