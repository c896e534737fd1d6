interface ActionNotes {
  /** One sentence for the documentation. */
  readonly means: string
  /** The same fact in the OWASP Logging Vocabulary; empty where it has no word for it. */
  readonly owasp: readonly string[]
}

/** The closed list of what can happen, past tense and dotted. docs/audit-events.md is generated from it. */
export const AUDIT_ACTIONS = {
  'account.created': { means: 'An account was created.', owasp: ['user_created'] },
  'account.updated': { means: 'The personal data or language of an account was changed.', owasp: ['user_updated'] },
  'account.email_change_requested': { means: 'A new e-mail address was requested and must be confirmed.', owasp: [] },
  'account.email_changed': { means: 'The new e-mail address replaced the old one.', owasp: ['user_updated'] },
  'account.password_changed': {
    means: 'A password was changed or reset; `reason` says which.',
    owasp: ['authn_password_change'],
  },
  'account.password_reset_requested': {
    means: 'A password reset link was requested, which anyone who knows the address can do.',
    owasp: [],
  },
  'account.password_change_failed': {
    means: 'A password change was rejected: the old password was wrong or the new one is not acceptable.',
    owasp: ['authn_password_change_fail'],
  },

  'account.suspicion_reported': {
    means: 'The owner reported an event as “not me” through the link in a notice.',
    owasp: ['authn_token_revoked'],
  },

  'account.exported': { means: 'An account exported its own data.', owasp: ['sensitive_read'] },
  'account.closed': {
    means: 'The owner closed the account, and its personal data is being erased.',
    owasp: ['user_deleted'],
  },
  'account.close_failed': { means: 'An account was not closed: the password was wrong.', owasp: ['authn_login_fail'] },
  'account.erased': {
    means: 'The personal data of a closed account is completely erased.',
    owasp: ['sensitive_delete'],
  },

  'session.created': {
    means: 'A first factor was correct and a session began, pending or active.',
    owasp: ['authn_login_success', 'session_created', 'authn_token_created'],
  },
  'session.refused': { means: 'A sign-in was rejected; `reason` says why.', owasp: ['authn_login_fail'] },
  'session.refreshed': { means: 'A session got new tokens.', owasp: ['session_renewed', 'authn_token_created'] },
  'session.refresh_reused': {
    means: 'A used refresh token was presented again, so its session was ended.',
    owasp: ['authn_token_reuse'],
  },
  'session.credential_reused': {
    means: 'A replaced session credential was rejected: its successor had already been used.',
    owasp: ['authn_token_reuse'],
  },
  'session.ended': { means: 'A person signed out.', owasp: ['session_logout', 'authn_token_delete'] },
  'session.expired': {
    means: 'A credential of an expired or ended session was presented.',
    owasp: ['session_expired', 'session_use_after_expire'],
  },
  'session.revoked': {
    means: 'A session was ended from another session, or because the password or factors changed.',
    owasp: ['authn_token_revoked'],
  },

  'factor.enrolled': {
    means: 'A factor was enrolled and must be verified once before it counts.',
    owasp: ['user_updated'],
  },
  'factor.activated': {
    means: 'A new factor was verified for the first time and counts from now on.',
    owasp: ['authz_change'],
  },
  'factor.renamed': { means: 'A factor was renamed.', owasp: ['user_updated'] },
  'factor.removed': { means: 'A factor was removed by its owner, or as `reason` says.', owasp: ['authz_change'] },
  'factor.disabled': {
    means: 'A factor failed too often in a row, or for the given `reason`, and must be enrolled again.',
    owasp: ['authn_login_fail_max'],
  },

  'challenge.created': { means: 'A challenge for a second factor was created.', owasp: [] },
  'challenge.passed': { means: 'The answer to a challenge was correct.', owasp: ['authn_login_success'] },
  'challenge.failed': { means: 'The answer to a challenge was wrong.', owasp: ['authn_login_fail'] },
  'challenge.expired': { means: 'A challenge was answered after it had expired.', owasp: ['authn_login_fail'] },
  'challenge.cancelled': { means: 'A challenge was cancelled by the account.', owasp: [] },

  'message.undelivered': { means: 'A code, prompt or notice could not be delivered.', owasp: [] },
  'push.connected': {
    means: 'A device was connected to a factor that is not verified yet.',
    owasp: ['user_updated'],
  },
  'push.approved': { means: 'A prompt was approved on the enrolled device.', owasp: [] },
  'push.denied': {
    means: 'A prompt was denied on the enrolled device, so an attacker may know the password.',
    owasp: ['authn_login_fail'],
  },
  'passkey.counter_regressed': {
    means: 'An answer was rejected because the passkey’s counter went backwards, as that of a copy would.',
    owasp: ['authn_login_fail'],
  },

  'step_up.required': {
    means: 'An operation was refused until a step-up; equal events are counted in `repeats`.',
    owasp: ['authz_fail'],
  },
  'step_up.satisfied': {
    means: 'A session passed the step-up that an operation required.',
    owasp: ['authn_login_successafterfail'],
  },
  'step_up.locked': {
    means: 'Too many wrong answers across all factors locked the account’s step-up for a time.',
    owasp: ['authn_login_lock'],
  },

  'device.remembered': { means: 'A device was remembered after MFA.', owasp: ['authn_token_created'] },
  'device.rotated': { means: 'A remembered device received a new secret.', owasp: ['authn_token_created'] },
  'device.renamed': { means: 'A device was renamed.', owasp: ['user_updated'] },
  'device.clone_detected': {
    means: 'A replaced device token was presented again, so a copy exists and the device is no longer remembered.',
    owasp: ['authn_token_reuse'],
  },
  'device.forgotten': { means: 'A device is no longer remembered.', owasp: ['authn_token_revoked'] },

  'recovery_codes.generated': {
    means: 'New recovery codes were created, and the old ones no longer work.',
    owasp: ['authn_token_created'],
  },
  'recovery_code.used': { means: 'A recovery code was used.', owasp: ['authn_token_delete'] },

  'risk.assessed': {
    means: 'The risk of a sign-in or operation was scored; the event has the contributions.',
    owasp: ['authn_impossible_travel'],
  },
  'risk.labelled': {
    means: 'An operator labelled a scored sign-in as legitimate or as an attack; the metadata has the label.',
    owasp: [],
  },
  'risk.blocked': { means: 'A request was blocked because its risk was too high.', owasp: ['authn_login_fail'] },

  'admin.sessions_revoked': {
    means: 'An operator ended the sessions of an account.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },

  'admin.role_granted': {
    means: 'An account was granted the operator role, by the setting or on the command line; `reason` says which.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.role_revoked': {
    means: 'The operator role was revoked on the command line, or that was rejected because no other operator is left.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.factors_reset': {
    means: 'An operator removed all factors, sessions and remembered devices of an account.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },
  'admin.re_enrollment_required': {
    means: 'An operator requires an account to enrol a new factor.',
    owasp: ['authz_admin'],
  },
  'admin.account_unlocked': {
    means: 'An operator removed the step-up lock of an account.',
    owasp: ['authz_admin'],
  },
  'admin.membership_ended': {
    means: 'An operator removed an account from an organization, which is a target of the event.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.account_exported': {
    means: 'An operator exported the data of an account.',
    owasp: ['authz_admin', 'sensitive_read'],
  },
  'admin.account_erased': {
    means: 'An operator erased an account, and its personal data is being erased.',
    owasp: ['authz_admin', 'user_deleted'],
  },

  'organization.created': {
    means: 'An account created an organization and is its administrator.',
    owasp: ['authz_change'],
  },
  'organization.renamed': { means: 'An organization was renamed.', owasp: [] },
  'organization.policy_changed': {
    means: 'The MFA policy of an organization was changed; the metadata has the old and the new policy.',
    owasp: ['authz_change'],
  },
  'organization.domain_added': { means: 'An organization added a domain, which must be proved.', owasp: [] },
  'organization.domain_verified': {
    means:
      'The DNS of a domain proved that it belongs to the organization, so accounts with an address there may join.',
    owasp: ['authz_change'],
  },
  'organization.domain_removed': { means: 'An organization removed a domain.', owasp: ['authz_change'] },
  'organization.break_glass_changed': {
    means: 'A member was exempted from the policy of an organization, or the exemption was ended.',
    owasp: ['authz_change'],
  },
  'organization.break_glass_used': {
    means: 'A break-glass member signed in, or did something the policy would have refused; `reason` says which.',
    owasp: ['authz_admin'],
  },
  'member.invited': { means: 'An administrator invited an address.', owasp: ['authz_change'] },
  'member.invitation_revoked': { means: 'An administrator revoked an invitation.', owasp: ['authz_change'] },
  'member.joined': {
    means: 'An account joined an organization, by invitation or by the domain of its address.',
    owasp: ['authz_change'],
  },
  'member.left': { means: 'An account left an organization.', owasp: ['authz_change'] },
  'member.removed': { means: 'An administrator removed a member.', owasp: ['authz_change'] },
  'member.role_changed': { means: 'The role of a member was changed.', owasp: ['authz_change'] },
  'member.mfa_choice_changed': {
    means: 'A member opted in to or out of a second factor, where the organization leaves the choice.',
    owasp: ['user_updated'],
  },

  'list.entry_added': {
    means: 'An operator added an address, network, country or device to the allow or block list, or renewed the entry.',
    owasp: ['authz_admin'],
  },
  'list.entry_removed': {
    means: 'An operator removed an entry from the allow or block list.',
    owasp: ['authz_admin'],
  },

  'service_key.created': {
    means: 'An operator created a service key for a backend.',
    owasp: ['authz_admin', 'authn_token_created'],
  },
  'service_key.rotated': {
    means: 'A service key received a new secret; the old one works until the overlap ends.',
    owasp: ['authz_admin', 'authn_token_created'],
  },
  'service_key.revoked': {
    means: 'An operator revoked a service key.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },
  'service_key.refused': {
    means: 'An unknown, wrong, expired or revoked service key was presented; `reason` says which.',
    owasp: ['authn_login_fail'],
  },

  'access.denied': {
    means: 'An operation was refused, and no step-up would have helped; equal events are counted in `repeats`.',
    owasp: ['authz_fail'],
  },
  'access.reported': {
    means: 'A guard in report-only mode would have refused an operation; equal events are counted in `repeats`.',
    owasp: ['authz_fail'],
  },
  'system.clock_skewed': {
    means: 'The clock of a gateway differs from that of the store or from the newest event; `reason` says from which.',
    owasp: [],
  },
  'limit.reached': {
    means: 'A budget of attempts or requests was used up.',
    owasp: ['excess_rate_limit_exceeded', 'authn_login_fail_max'],
  },
} as const satisfies Record<string, ActionNotes>

export type AuditAction = keyof typeof AUDIT_ACTIONS

export interface AuditActionNotes extends ActionNotes {
  readonly action: AuditAction
}

/** Every action with its meaning, in the order of the list: the content of docs/audit-events.md. */
export function describeAuditActions(): readonly AuditActionNotes[] {
  return Object.entries(AUDIT_ACTIONS).map(([action, notes]) => ({ action: action as AuditAction, ...notes }))
}

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(AUDIT_ACTIONS, text)
