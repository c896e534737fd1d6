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

describe('the settings that apply to a session', () => {
  it('are those of its organization', () => {
    expect(settingsFor(SETTINGS, inOrganization(), 'ORGANIZATION')).toMatchObject({
      mfaPolicy: 'REQUIRED',
      enabledFactors: ['WEBAUTHN'],
      recoveryCodes: false,
      session: STRICT.session,
      rememberedDevices: false,
    })
  })

  it.each(['ACCOUNT', 'CREDENTIALS'] as const)('are the installation’s for the caller’s own account: %s', (rule) => {
    expect(settingsFor(SETTINGS, inOrganization(), rule)).toMatchObject({
      mfaPolicy: 'OPTIONAL',
      enabledFactors: OPEN_RULE.methods,
      recoveryCodes: true,
      session: null,
    })
  })

  it('are the organization’s while the session is pending, but any factor type of the account finishes the sign-in', () => {
    for (const rule of ['ORGANIZATION', 'ACCOUNT'] as const) {
      expect(settingsFor(SETTINGS, inOrganization({ state: 'pending' }), rule)).toMatchObject({
        mfaPolicy: 'REQUIRED',
        enabledFactors: OPEN_RULE.methods,
        recoveryCodes: true,
        session: STRICT.session,
      })
    }
  })

  it('allow only factor types that every organization allows to be enrolled or to vouch, in every session', () => {
    for (const organizationId of [ORGANIZATION, null]) {
      expect(settingsFor(SETTINGS, inOrganization({ organizationId }), 'CREDENTIALS')).toMatchObject({
        enrollable: ['WEBAUTHN'],
        vouching: [['WEBAUTHN']],
      })
    }
  })

  it('count no factor without a session', () => {
    expect(settingsFor(SETTINGS, { kind: 'anonymous' } as never, 'ORGANIZATION')).toMatchObject({
      mfaPolicy: 'OPTIONAL',
      enabledFactors: [],
      rememberedDevices: false,
    })
  })
})
