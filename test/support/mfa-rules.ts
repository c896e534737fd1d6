import type { MfaRule } from '../../src/kernel/mfa-rule.js'

/** Everything may be used and nothing is asked for. */
export const OPEN_RULE: MfaRule = {
  required: false,
  dueAt: null,
  methods: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'EMAIL'],
  rememberedDevices: true,
  riskThresholds: null,
  session: null,
  setAside: null,
}
