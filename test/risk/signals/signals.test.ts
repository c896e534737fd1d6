import type { RiskFacts } from '../../../src/risk/index.js'
import {
  ADDRESS,
  ago,
  assess,
  CHROME,
  FIREFOX,
  homeProfile,
  IPHONE,
  natsByCode,
  NOW,
  operationFacts,
  originOf,
  signInFacts,
  trusted,
} from '../facts.js'

type Row = readonly [string, RiskFacts, Readonly<Record<string, number>>]
const at = (address: string): Partial<RiskFacts> => ({ origin: originOf({ address }) })
const using = (userAgent: string): Partial<RiskFacts> => ({ origin: originOf({ userAgent }) })
const none = { DEVICE_TOKEN_NONE: 0.5 }

const rows: readonly Row[] = [
  ['device: a remembered one speaks for the person', signInFacts(trusted), { DEVICE_TOKEN_TRUSTED: -2.75 }],
  ['device: none is a new device', signInFacts(), none],
  ['device: the session stands in for it', operationFacts(), { SESSION_CONTINUES: -1.5 }],
  ['device: token and session do not add up', operationFacts(trusted), { DEVICE_TOKEN_TRUSTED: -2.75 }],
  ['network: another address of the /24 is familiar', signInFacts(at(ADDRESS.sameSubnet)), none],
  ['network: another /24 of the /16', signInFacts(at(ADDRESS.sameNetwork)), { ...none, SUBNET_NEW: 0.5 }],
  ['network: another /16 of the country', signInFacts(at(ADDRESS.otherNetwork)), { ...none, NETWORK_NEW: 1.5 }],
  ['network: in a new country it costs nothing more', signInFacts(at(ADDRESS.abroad)), { ...none, COUNTRY_NEW: 3 }],
  [
    'network: an unlisted address is like a new country',
    signInFacts(at(ADDRESS.unlisted)),
    { ...none, COUNTRY_UNKNOWN: 3 },
  ],
  ['agent: a newer version is the same browser', signInFacts(using(CHROME.replace('130', '131'))), none],
  [
    'agent: an older version is not',
    signInFacts(using(CHROME.replace('130', '129'))),
    { ...none, AGENT_VERSION_BACK: 1 },
  ],
  ['agent: a new browser on the same system', signInFacts(using(FIREFOX)), { ...none, AGENT_NEW_BROWSER: 1.75 }],
  ['agent: a new system costs the browser nothing more', signInFacts(using(IPHONE)), { ...none, AGENT_NEW_SYSTEM: 2 }],
  [
    'agent: a token does not move by itself',
    signInFacts({ ...trusted, ...using(FIREFOX) }),
    {
      DEVICE_TOKEN_TRUSTED: -2.75,
      AGENT_MOVED: 3,
    },
  ],
  ['agent: neither does a session', operationFacts(using(FIREFOX)), { SESSION_CONTINUES: -1.5, AGENT_MOVED: 3 }],
  ['failures: half a nat each', signInFacts({ failedAttempts: 3 }), { ...none, FAILED_ATTEMPTS: 1.5 }],
  ['failures: at most two nats', signInFacts({ failedAttempts: 9 }), { ...none, FAILED_ATTEMPTS: 2 }],
  [
    'failures: what is not a number is the worst',
    signInFacts({ ...trusted, failedAttempts: Number.NaN }),
    {
      DEVICE_TOKEN_TRUSTED: -2.75,
      FAILED_ATTEMPTS: 2,
    },
  ],
  [
    'credentials: changed 23 h ago',
    signInFacts({ ...trusted, credentialChangedAt: ago(23) }),
    {
      DEVICE_TOKEN_TRUSTED: -2.75,
      CREDENTIAL_CHANGED: 2,
    },
  ],
  ['credentials: changed 24 h ago', signInFacts({ credentialChangedAt: ago(24) }), none],
  [
    'credentials: changed in the future by a wrong clock',
    signInFacts({ ...trusted, credentialChangedAt: ago(-5) }),
    {
      DEVICE_TOKEN_TRUSTED: -2.75,
      CREDENTIAL_CHANGED: 2,
    },
  ],
  [
    'denied: a prompt 23 h ago',
    signInFacts({ ...trusted, suspicionAt: ago(23) }),
    { DEVICE_TOKEN_TRUSTED: -2.75, PROMPT_DENIED: 2 },
  ],
  ['denied: a prompt 24 h ago', signInFacts({ suspicionAt: ago(24) }), none],
  [
    'denied: a prompt in the future by a wrong clock',
    signInFacts({ ...trusted, suspicionAt: ago(-5) }),
    { DEVICE_TOKEN_TRUSTED: -2.75, PROMPT_DENIED: 2 },
  ],
  [
    'denied: since the session was proved',
    operationFacts({ suspicionAt: ago(1) }),
    { SESSION_CONTINUES: -1.5, PROMPT_DENIED: 2 },
  ],
  ['denied: before the session was proved', operationFacts({ suspicionAt: ago(4) }), { SESSION_CONTINUES: -1.5 }],
  ['dormant: 91 days', signInFacts({ lastSignInAt: ago(91 * 24) }), { ...none, ACCOUNT_DORMANT: 0.5 }],
  ['dormant: 90 days are not', signInFacts({ lastSignInAt: ago(90 * 24) }), none],
  ['dormant: unknown counts as such', signInFacts({ lastSignInAt: null }), { ...none, ACCOUNT_DORMANT: 0.5 }],
  [
    'privileged: less doubt is enough',
    operationFacts({ privileged: true }),
    {
      SESSION_CONTINUES: -1.5,
      ACCOUNT_PRIVILEGED: 1,
    },
  ],
  [
    'history: without it nothing is called new',
    signInFacts({ profile: null, ...at(ADDRESS.abroad) }),
    {
      ...none,
      RULE_COLD_START: 0,
      RULE_NO_HISTORY: 0,
    },
  ],
]

describe('each signal', () => {
  it.each(rows)('%s', (_, facts, expected) => {
    expect(natsByCode(assess(facts))).toEqual(expected)
  })
})

describe('a network seen before', () => {
  it('settles the country, whatever the geo data says today', () => {
    const profile = homeProfile()
    if (profile === null) throw new Error('the builder learns')
    const elsewhere = { ...profile, countries: [{ key: '#country\0FR', count: 1, lastSeenAt: NOW }] }
    expect(natsByCode(assess(signInFacts({ profile: elsewhere })))).toEqual(none)
  })
})
