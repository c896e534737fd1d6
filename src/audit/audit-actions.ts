interface ActionNotes {
  /** One sentence for the documentation. */
  readonly means: string
  /** The same fact in the OWASP Logging Vocabulary; empty where it has no word for it. */
  readonly owasp: readonly string[]
}

/** The closed list of what can happen, past tense and dotted. docs/audit-events.md is generated from it. */
export const AUDIT_ACTIONS = {
  'account.created': { means: 'Somebody signed up.', owasp: ['user_created'] },
  'account.updated': { means: 'Personal data of an account was changed.', owasp: ['user_updated'] },
  'account.email_change_requested': { means: 'A new e-mail address was given and awaits its proof.', owasp: [] },
  'account.email_changed': { means: 'The new e-mail address replaced the old one.', owasp: ['user_updated'] },
  'account.password_changed': {
    means: 'A password was changed or set anew; reason says which.',
    owasp: ['authn_password_change'],
  },
  'account.password_reset_requested': {
    means: 'A link to set a new password was asked for, by whoever knows the address.',
    owasp: [],
  },
  'account.password_change_failed': {
    means: 'A password was not changed: the old one was wrong or the new one is not acceptable.',
    owasp: ['authn_password_change_fail'],
  },

  'account.suspicion_reported': {
    means: 'A person said by the link in a notice that it was not them.',
    owasp: ['authn_token_revoked'],
  },

  'account.exported': { means: 'A person was given everything that is kept about them.', owasp: ['sensitive_read'] },
  'account.closed': {
    means: 'A person closed their account: it is gone, and what is personal of it is being erased.',
    owasp: ['user_deleted'],
  },
  'account.close_failed': { means: 'An account was not closed: the password was wrong.', owasp: ['authn_login_fail'] },
  'account.erased': { means: 'Nothing personal of a closed account is left.', owasp: ['sensitive_delete'] },

  'session.created': {
    means: 'A first factor was right and a session began, pending or active.',
    owasp: ['authn_login_success', 'session_created', 'authn_token_created'],
  },
  'session.refused': { means: 'A sign-in was refused; reason says why.', owasp: ['authn_login_fail'] },
  'session.refreshed': { means: 'A session got new tokens.', owasp: ['session_renewed', 'authn_token_created'] },
  'session.refresh_reused': {
    means: 'A refresh token that was already used came back, so its session was ended.',
    owasp: ['authn_token_reuse'],
  },
  'session.credential_reused': {
    means: 'A credential of a session came back after the one that replaced it was used; it opened nothing.',
    owasp: ['authn_token_reuse'],
  },
  'session.ended': { means: 'A person signed out.', owasp: ['session_logout', 'authn_token_delete'] },
  'session.expired': {
    means: 'A credential of a session that had run out or been ended was presented.',
    owasp: ['session_expired', 'session_use_after_expire'],
  },
  'session.revoked': {
    means: 'A session was ended from elsewhere, or because password or factors changed.',
    owasp: ['authn_token_revoked'],
  },

  'factor.enrolled': { means: 'A factor was added and awaits its first proof.', owasp: ['user_updated'] },
  'factor.activated': {
    means: 'A new factor was proved for the first time and counts from now on.',
    owasp: ['authz_change'],
  },
  'factor.renamed': { means: 'A factor got another name.', owasp: ['user_updated'] },
  'factor.removed': { means: 'A factor was removed by its owner, or as reason says.', owasp: ['authz_change'] },
  'factor.disabled': {
    means: 'A factor failed too often in a row, or reason says why, and has to be enrolled again.',
    owasp: ['authn_login_fail_max'],
  },

  'challenge.created': { means: 'A person was asked for a second factor.', owasp: [] },
  'challenge.passed': { means: 'The answer to a challenge was right.', owasp: ['authn_login_success'] },
  'challenge.failed': { means: 'The answer to a challenge was wrong.', owasp: ['authn_login_fail'] },
  'challenge.expired': { means: 'A challenge ran out and was answered too late.', owasp: ['authn_login_fail'] },
  'challenge.cancelled': { means: 'A challenge was given up by the person.', owasp: [] },

  'message.undelivered': { means: 'A code, prompt or notice could not be handed over to be delivered.', owasp: [] },
  'push.connected': {
    means: 'A device was connected to a factor that awaits its first proof.',
    owasp: ['user_updated'],
  },
  'push.approved': { means: 'The number of a prompt was typed on the enrolled device.', owasp: [] },
  'push.denied': {
    means: 'A person denied a prompt on the enrolled device: somebody else may know the password.',
    owasp: ['authn_login_fail'],
  },
  'passkey.counter_regressed': {
    means: 'A passkey counted backwards, as a copy of it would; the answer was refused.',
    owasp: ['authn_login_fail'],
  },

  'step_up.required': {
    means: 'An operation was refused until more is proved; equal ones are counted in `repeats`.',
    owasp: ['authz_fail'],
  },
  'step_up.satisfied': {
    means: 'A session proved what an operation asked for.',
    owasp: ['authn_login_successafterfail'],
  },
  'step_up.locked': {
    means: 'Too many wrong answers across all factors: step-up of the account is locked for a while.',
    owasp: ['authn_login_lock'],
  },

  'device.remembered': { means: 'A device was remembered after MFA.', owasp: ['authn_token_created'] },
  'device.rotated': { means: 'A remembered device got a new secret.', owasp: ['authn_token_created'] },
  'device.renamed': { means: 'A device got another name.', owasp: ['user_updated'] },
  'device.clone_detected': {
    means: 'A token of a device came back after it was replaced: somebody has a copy, and the device lost its trust.',
    owasp: ['authn_token_reuse'],
  },
  'device.forgotten': { means: 'A device is no longer remembered.', owasp: ['authn_token_revoked'] },

  'recovery_codes.generated': {
    means: 'New recovery codes were shown; the old ones are void.',
    owasp: ['authn_token_created'],
  },
  'recovery_code.used': { means: 'A single-use recovery code was spent.', owasp: ['authn_token_delete'] },

  'risk.assessed': {
    means: 'The risk of a sign-in or an operation was scored; the contributions are kept with it.',
    owasp: ['authn_impossible_travel'],
  },
  'risk.labelled': {
    means: 'An operator said whether a scored sign-in was legitimate or an attack; metadata holds the label.',
    owasp: [],
  },
  'risk.blocked': { means: 'The risk was too high and the request was refused.', owasp: ['authn_login_fail'] },

  'admin.sessions_revoked': {
    means: 'An operator ended the sessions of an account.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },

  'admin.role_granted': {
    means: 'An account became an operator’s, by the setting or on the command line; reason says which.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.role_revoked': {
    means:
      'An account was taken the role of an operator on the command line, or that was refused because it is the last.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.factors_reset': {
    means: 'An operator removed every factor of an account, its sessions and its remembered devices.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },
  'admin.re_enrollment_required': {
    means: 'An operator demanded that an account enrols a new factor.',
    owasp: ['authz_admin'],
  },
  'admin.account_unlocked': {
    means: 'An operator opened the step-up lock of an account.',
    owasp: ['authz_admin'],
  },
  'admin.membership_ended': {
    means: 'An operator took an account out of an organization; the organization is a target.',
    owasp: ['authz_admin', 'authz_change'],
  },
  'admin.account_exported': {
    means: 'An operator was given everything that is kept about an account.',
    owasp: ['authz_admin', 'sensitive_read'],
  },
  'admin.account_erased': {
    means: 'An operator had an account erased: it is gone, and what is personal of it is being erased.',
    owasp: ['authz_admin', 'user_deleted'],
  },

  'organization.created': {
    means: 'Somebody made an organization, and is its administrator.',
    owasp: ['authz_change'],
  },
  'organization.renamed': { means: 'An organization got another name.', owasp: [] },
  'organization.policy_changed': {
    means: 'An organization asks something else of its members; before and after are kept.',
    owasp: ['authz_change'],
  },
  'organization.domain_added': { means: 'A domain was named, and has to be proved.', owasp: [] },
  'organization.domain_verified': {
    means: 'The DNS of a domain says that it is theirs: people with such an address may join.',
    owasp: ['authz_change'],
  },
  'organization.domain_removed': { means: 'An organization let go of a domain.', owasp: ['authz_change'] },
  'organization.break_glass_changed': {
    means: 'The policy of an organization was set aside for a member, or holds for them again.',
    owasp: ['authz_change'],
  },
  'organization.break_glass_used': {
    means: 'A break-glass member signed in, or did what the policy would have refused; reason says which.',
    owasp: ['authz_admin'],
  },
  'member.invited': { means: 'An administrator invited an address.', owasp: ['authz_change'] },
  'member.invitation_revoked': { means: 'An administrator took an invitation back.', owasp: ['authz_change'] },
  'member.joined': {
    means: 'Somebody came into an organization, by invitation or by the domain of their address.',
    owasp: ['authz_change'],
  },
  'member.left': { means: 'Somebody left an organization.', owasp: ['authz_change'] },
  'member.removed': { means: 'An administrator took a member out of an organization.', owasp: ['authz_change'] },
  'member.role_changed': { means: 'A member got another role.', owasp: ['authz_change'] },
  'member.mfa_choice_changed': {
    means: 'A member chose a second factor, or not to be asked for one, where that is theirs to choose.',
    owasp: ['user_updated'],
  },

  'list.entry_added': {
    means: 'An operator put an address, network, country or device on the allow or block list, or renewed the entry.',
    owasp: ['authz_admin'],
  },
  'list.entry_removed': {
    means: 'An operator took an entry off the allow or block list.',
    owasp: ['authz_admin'],
  },

  'service_key.created': {
    means: 'An operator made a key for a backend.',
    owasp: ['authz_admin', 'authn_token_created'],
  },
  'service_key.rotated': {
    means: 'A service key got a new secret; the old one works until the overlap is over.',
    owasp: ['authz_admin', 'authn_token_created'],
  },
  'service_key.revoked': {
    means: 'An operator ended a service key.',
    owasp: ['authz_admin', 'authn_token_revoked'],
  },
  'service_key.refused': {
    means: 'A service key was presented that is unknown, wrong, expired or revoked; reason says which.',
    owasp: ['authn_login_fail'],
  },

  'access.denied': {
    means: 'An operation was refused and no step-up would have helped; equal ones are counted in `repeats`.',
    owasp: ['authz_fail'],
  },
  'access.reported': {
    means: 'A guard that only reports would have refused an operation; equal ones are counted in `repeats`.',
    owasp: ['authz_fail'],
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
