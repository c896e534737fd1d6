import type { StepUpNeed } from '../kernel/step-up.js'

/** What a person reads when asked for a step-up, by purpose. Applications add their own. */
export type PurposeMessages = Readonly<Record<string, string>>

const MESSAGES: PurposeMessages = {
  'account.close': 'Confirm it is you to close your account.',
  'admin.accounts': 'Confirm it is you to manage accounts.',
  'admin.audit': 'Confirm it is you to see the audit log.',
  'admin.erase': 'Confirm it is you to erase an account.',
  'admin.export': 'Confirm it is you to hand out what is kept about somebody.',
  'admin.lists': 'Confirm it is you to change the allow and block lists.',
  'admin.policy': 'Confirm it is you to see the access policy.',
  'admin.risk': 'Confirm it is you to see and label risk decisions.',
  'admin.service-keys': 'Confirm it is you to manage service keys.',
  'data.export': 'Confirm it is you to see everything that is kept about you.',
  'email.change': 'Confirm it is you to change your e-mail address.',
  'factor.enroll': 'Confirm it is you to add a way to sign in.',
  'factor.remove': 'Confirm it is you to remove a way to sign in.',
  'factor.rename': 'Confirm it is you to rename a way to sign in.',
  'organization.enter': 'Confirm it is you to join or create an organization.',
  'organization.leave': 'Confirm it is you to leave an organization.',
  'organization.manage': 'Confirm it is you to manage your organization.',
  'organization.opt-in': 'Confirm it is you to choose what you are asked for.',
  'password.change': 'Confirm it is you to change your password.',
  'phone.change': 'Confirm it is you to change your phone number.',
  'profile.read': 'Confirm it is you to see your personal data.',
  'profile.update': 'Confirm it is you to change your personal data.',
  'recovery-codes.regenerate': 'Confirm it is you to get new recovery codes.',
  'session.revoke': 'Confirm it is you to end sessions.',
}

const DEFAULT_MESSAGE = 'Confirm it is you to continue.'
const SIGN_IN_AGAIN = 'Sign in again to continue.'

/** The sentence for a need; a need that no factor, held or to be enrolled, can meet asks to sign in again. */
export function stepUpMessage(need: StepUpNeed, own: PurposeMessages = {}): string {
  if (need.challenge.length === 0 && need.enroll.length === 0) return SIGN_IN_AGAIN
  const known = need.purpose === null ? undefined : (messageIn(own, need.purpose) ?? messageIn(MESSAGES, need.purpose))
  return known ?? DEFAULT_MESSAGE
}

function messageIn(messages: PurposeMessages, purpose: string): string | undefined {
  return Object.hasOwn(messages, purpose) ? messages[purpose] : undefined
}
