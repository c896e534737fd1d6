import type { OrganizationId } from '../../src/kernel/ids.js'
import type { MfaRule, MfaRules } from '../../src/kernel/mfa-rule.js'

/** Everything may be used and nothing is asked for. */
export const OPEN_RULE: MfaRule = {
  required: false,
  methods: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL'],
  recoveryCodes: true,
  rememberedDevices: true,
  riskThresholds: null,
  session: null,
  setAside: null,
}

/** The rules of somebody who is in no organization, where the installation asks for nothing. */
export const OPEN_RULES: MfaRules = {
  account: OPEN_RULE,
  organizations: {},
  everywhere: {
    enrollable: OPEN_RULE.methods,
    rememberedDevices: true,
    riskThresholds: null,
    vouching: [],
    keepOneOf: [],
  },
}

/** The same, with a rule of one organization. */
export const rulesWith = (organizationId: OrganizationId, rule: Partial<MfaRule>): MfaRules => ({
  ...OPEN_RULES,
  organizations: { [organizationId]: { ...OPEN_RULE, ...rule } },
})
