import type { Actor } from '../kernel/actor.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import type { PersonalSettings, PolicySettings } from './access-question.js'

/** The settings by which this caller is judged. Who has no session has no factors, so nothing counts for them. */
export function settingsFor(settings: PolicySettings, actor: Actor): PersonalSettings {
  if (actor.kind !== 'session') {
    return { ...settings, mfaPolicy: 'OPTIONAL', enabledFactors: [], session: null, rememberedDevices: false }
  }
  return settingsBy(settings, actor.mfaRule)
}

/** The settings by which a rule judges. */
export function settingsBy(settings: PolicySettings, rule: Omit<MfaRule, 'setAside'>): PersonalSettings {
  const { required, methods, session, rememberedDevices } = rule
  return {
    ...settings,
    mfaPolicy: required ? 'REQUIRED' : 'OPTIONAL',
    enabledFactors: methods,
    session,
    rememberedDevices,
  }
}
