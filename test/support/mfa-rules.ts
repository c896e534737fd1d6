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
