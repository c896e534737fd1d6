import type { MfaRule, MfaRules } from '../../src/kernel/mfa-rule.js'

/** Everything is allowed and nothing is required. */
export const OPEN_RULE: MfaRule = {
  required: false,
  methods: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL'],
  recoveryCodes: true,
  rememberedDevices: true,
  riskThresholds: null,
  session: null,
  setAside: null,
}

/** The rules of an account without organizations, where the installation requires nothing. */
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
