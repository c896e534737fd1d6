import type { GuardRule } from '../kernel/access.js'
import type { Actor, SessionActor } from '../kernel/actor.js'
import { ruleFor, sparesPrompt, type MfaRule } from '../kernel/mfa-rule.js'
import type { PersonalSettings, PolicySettings } from './access-question.js'

const NOBODY: Omit<PersonalSettings, keyof PolicySettings> = {
  mfaPolicy: 'OPTIONAL',
  enabledFactors: [],
  enrollable: [],
  recoveryCodes: false,
  vouching: [],
  session: null,
  rememberedDevices: false,
}

/** The settings that apply to this caller. A caller without a session has no factors, so no factor type counts. */
export function settingsFor(settings: PolicySettings, actor: Actor, rule: GuardRule): PersonalSettings {
  return actor.kind === 'session' ? settingsBy(settings, actor, heldTo(actor, rule)) : { ...settings, ...NOBODY }
}

/** The settings that a rule sets for this caller. */
export function settingsBy(
  settings: PolicySettings,
  { mfaRules, rememberedWith }: SessionActor,
  rule: Omit<MfaRule, 'setAside'>,
): PersonalSettings {
  const { required, methods, recoveryCodes, session } = rule
  const { account, everywhere } = mfaRules
  return {
    ...settings,
    mfaPolicy: required ? 'REQUIRED' : 'OPTIONAL',
    enabledFactors: methods,
    enrollable: everywhere.enrollable,
    recoveryCodes,
    vouching: everywhere.vouching,
    session,
    rememberedDevices: sparesPrompt(rule, account, rememberedWith),
  }
}

/**
 * A pending session needs a factor if its organization requires one, but any factor that the installation allows can
 * finish its sign-in. After that, the organization's rule applies, except to fields about the caller's own account.
 */
function heldTo({ mfaRules, organizationId, state }: SessionActor, rule: GuardRule): Omit<MfaRule, 'setAside'> {
  const { account } = mfaRules
  const ofSession = ruleFor(mfaRules, organizationId)
  if (state === 'pending') return { ...ofSession, methods: account.methods, recoveryCodes: account.recoveryCodes }
  return rule === 'ORGANIZATION' ? ofSession : account
}
