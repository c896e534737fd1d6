import type { SessionActor } from '../../src/kernel/actor.js'
import { newId, type OrganizationId } from '../../src/kernel/ids.js'
import type { MfaRule, MfaRules } from '../../src/kernel/mfa-rule.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { settingsFor } from '../../src/policy/settings-for.js'
import { OPEN_RULE, OPEN_RULES } from '../support/mfa-rules.js'

const ORGANIZATION = newId<OrganizationId>()
const SETTINGS = { assurances: USUAL_ASSURANCES, riskProofSeconds: 300 } as Parameters<typeof settingsFor>[0]
const STRICT: MfaRule = {
  ...OPEN_RULE,
  required: true,
  methods: ['WEBAUTHN'],
  recoveryCodes: false,
  rememberedDevices: false,
  session: { assurance: 'PHISHING_RESISTANT', maxAgeSeconds: 600 },
}
const RULES: MfaRules = {
  ...OPEN_RULES,
  organizations: { [ORGANIZATION]: STRICT },
  everywhere: { ...OPEN_RULES.everywhere, enrollable: ['WEBAUTHN'], vouching: [['WEBAUTHN']] },
}

const inOrganization = (over: Partial<SessionActor> = {}): SessionActor =>
  ({
    kind: 'session',
    state: 'active',
    organizationId: ORGANIZATION,
    mfaRules: RULES,
    rememberedWith: null,
    ...over,
  }) as SessionActor

describe('the settings that judge a session', () => {
  it('are the organization’s in it', () => {
    expect(settingsFor(SETTINGS, inOrganization(), 'ORGANIZATION')).toMatchObject({
      mfaPolicy: 'REQUIRED',
      enabledFactors: ['WEBAUTHN'],
      recoveryCodes: false,
      session: STRICT.session,
      rememberedDevices: false,
    })
  })

  it.each(['ACCOUNT', 'CREDENTIALS'] as const)('are the installation’s for what is the person’s own: %s', (rule) => {
    expect(settingsFor(SETTINGS, inOrganization(), rule)).toMatchObject({
      mfaPolicy: 'OPTIONAL',
      enabledFactors: OPEN_RULE.methods,
      recoveryCodes: true,
      session: null,
    })
  })

  it('are the organization’s while the sign-in to it waits, but any kind that the account has finishes it', () => {
    for (const rule of ['ORGANIZATION', 'ACCOUNT'] as const) {
      expect(settingsFor(SETTINGS, inOrganization({ state: 'pending' }), rule)).toMatchObject({
        mfaPolicy: 'REQUIRED',
        enabledFactors: OPEN_RULE.methods,
        recoveryCodes: true,
        session: STRICT.session,
      })
    }
  })

  it('let no more be enrolled or vouch than every organization allows, whatever the session is for', () => {
    for (const organizationId of [ORGANIZATION, null]) {
      expect(settingsFor(SETTINGS, inOrganization({ organizationId }), 'CREDENTIALS')).toMatchObject({
        enrollable: ['WEBAUTHN'],
        vouching: [['WEBAUTHN']],
      })
    }
  })

  it('are nobody’s without a session', () => {
    expect(settingsFor(SETTINGS, { kind: 'anonymous' } as never, 'ORGANIZATION')).toMatchObject({
      mfaPolicy: 'OPTIONAL',
      enabledFactors: [],
      rememberedDevices: false,
    })
  })
})
