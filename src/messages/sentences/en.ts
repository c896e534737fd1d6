import { ERROR_CODES, type ErrorCode } from '../../kernel/error-codes.js'
import { contributionsInEnglish } from './contributions-en.js'
import type { SentenceTexts } from './sentence-texts.js'

/** The English messages of the API. */
export const en: SentenceTexts = {
  ...(Object.fromEntries(Object.entries(ERROR_CODES).map(([code, { says }]) => [`error.${code}`, says])) as Record<
    `error.${ErrorCode}`,
    string
  >),

  'account.address-from-issuer': 'Your organization’s login manages your e-mail address. Change it there.',
  'account.language-unknown': 'This language is not available. Choose one of these: {{languages}}.',
  'account.no-password-here': 'You sign in through another login, so this account has no password here.',

  'audit.bad-checkpoint': 'Give a checkpoint as its number and its hash in hexadecimal.',
  'audit.bad-filter': 'The filter is malformed or names an unknown action.',
  'audit.bad-page-size': 'Ask for 1 to 100 events, with either `first` or `last`.',
  'audit.bad-range': '`from` must be earlier than `until`.',

  'challenge.asks-first': 'Start a challenge for this factor first.',
  'challenge.factor-not-admitted': 'This factor does not meet the requirement. Choose another one.',
  'challenge.factor-out-of-use': 'This factor has expired or failed too often. Enrol it again.',
  'challenge.one-of-two': 'Name either the challenge or the factor.',
  'challenge.token-of-another-call': 'The mfaToken goes with the factor, not with a challenge that was begun before.',
  'challenge.undeliverable': 'We could not deliver the message. Use another factor.',

  'cursor.connection': 'The cursor does not belong to this connection.',
  'cursor.export': 'The cursor does not belong to this export.',

  'erasure.last-admin':
    'You are the last administrator of an organization. Make another member an administrator first.',
  'erasure.operator': 'This account is an operator. Revoke its role with `stepgate admin revoke` before you erase it.',

  'enrollment.another-began': 'Another enrolment started at the same time. Try again.',
  'enrollment.factor-does-not-count': 'Your account needs a factor of another kind. Enrol one first.',
  'enrollment.factor-first': 'Enrol another factor first. Recovery codes only replace one you cannot use.',
  'enrollment.phone-number': 'Enter a mobile number with its country code, such as +1 202 555 0123.',
  'enrollment.same-channel': 'You already have a factor with this address or number.',
  'enrollment.too-many': 'Your account has the maximum number of factors. Remove one first.',
  'enrollment.type-not-offered': 'This kind of factor is not available here.',
  'enrollment.undeliverable': 'We cannot deliver messages to this address or number.',

  'factor.last': 'You cannot remove your last factor. Enrol another one first.',
  'factor-warning.mailbox':
    'A code sent by e-mail only proves access to the mailbox, which can also reset the password. It can be phished.',
  'factor-warning.restricted':
    'Codes sent to a phone number can be intercepted or redirected (NIST SP 800-63B: a restricted authenticator). ' +
    'Enrol a passkey or an authenticator app as well.',

  'http.accept-json': 'Accept application/json.',
  'http.content-type': 'Send plain application/json in UTF-8.',
  'http.foreign-origin': 'This origin may not call the API.',
  'http.malformed': 'Send one GraphQL request as a JSON object.',
  'http.method': 'Use {{methods}}.',
  'http.not-found': 'There is nothing here.',

  'input.fields': 'Not valid: {{fields}}.',
  'input.no-operation': 'The document has no operation of this name.',

  'invitation.not-available':
    'This invitation has expired, was withdrawn, or is for another e-mail address than the one of your account.',
  'invitation.too-many': 'The organization has the maximum number of open invitations. Withdraw some first.',

  'link.code-not-available':
    'This code is no longer valid, or was requested in another browser or app. Request a new mail.',
  'link.codes-off': 'Codes beside links in mails are not available here.',
  'link.not-available': 'This link is no longer valid.',
  'link.other-browser-code': 'You requested this link in another browser. Enter the code that is shown there.',
  'link.other-browser-password':
    'This link was requested in another browser or app. Open it there, or enter the password you chose there.',
  'link.sign-in-off': 'Sign-in by link is not available here.',

  'list.blocks-you': 'This entry would block you: it matches your current address or device.',
  'list.expired': 'The expiry date is in the past.',
  'list.full': 'The lists are full. Remove entries you no longer need.',
  'list.one-subject': 'Name exactly one of address, asn, country and deviceId.',
  'list.too-wide': 'The network is too wide. Use /8 or longer for IPv4 and /16 or longer for IPv6.',
  'list.unknown': 'This entry does not exist.',

  'operator.not-yourself': 'You cannot do this to your own account. Ask another operator.',

  'organization.changed-meanwhile': 'The organization has changed since you loaded it. Load it again.',
  'organization.decides': 'Your organization decides this. You cannot change it yourself.',
  'organization.domain-not-proved': 'We did not find the TXT record. DNS changes can take a while; try again later.',
  'organization.domain-public': 'Anyone can get a mailbox at this domain, so it cannot be used to join.',
  'organization.domain-taken': 'Another organization has proved this domain.',
  'organization.last-admin': 'An organization needs an administrator. Make another member one first.',
  'organization.last-admin-of-it': 'This account is the last administrator of the organization.',
  'organization.no-common-factor':
    'No single factor meets the rules of this organization and of your other organizations. Leave one of them first.',
  'organization.no-dns-answer': 'The DNS server did not answer. Try again.',
  'organization.not-selected': 'You are working in another organization. Switch to this one first.',
  'organization.policy-age': 'maxAgeSeconds must be between {{min}} and {{max}}.',
  'organization.policy-deadline': 'enrollmentGraceUntil must be in the future, at most one year from now.',
  'organization.policy-roles': 'roles must name each role once and require more than one factor of it.',
  'organization.policy-type-not-offered': 'methods names a kind of factor that is not available here.',
  'organization.policy-types-too-weak': 'methods names no kind of factor that is strong enough for this policy.',
  'organization.policy-window':
    'riskThresholds must rise by at least 1: low from {{low}}, medium from {{medium}}, high from {{high}} to {{highest}}.',
  'organization.shuts-you-out':
    'This policy would lock you out. Verify a factor that it allows, or name a break-glass member first.',
  'organization.too-many': 'Your account is in the maximum number of organizations.',
  'organization.too-many-admins': 'The organization has the maximum number of administrators.',
  'organization.too-many-domains': 'The organization has the maximum number of domains.',
  'organization.too-many-exempt': 'The maximum number of members is already exempt from the policy.',

  'passkey.not-offered': 'Passkeys are not available here.',
  'passkey.wrong': 'The passkey was not accepted.',

  'password.common': 'This password is one of the first that attackers try. Choose another one.',
  'password.contains-email': 'The password must not be made of your e-mail address.',
  'password.too-long': 'The password is too long.',
  'password.too-short': 'The password is too short.',
  'password.wrong': 'The e-mail address or the password is wrong.',

  'push.device-unknown': 'This device is not connected, or its clock is off by more than a minute.',

  'risk.label-full': 'This account has the maximum number of labels. Each one expires after 180 days.',
  'risk.label-nothing-kept': 'Nothing was kept of this decision that the profile could learn from.',
  'risk.label-too-old': 'This decision is too old: the profile no longer keeps anything of that time.',

  'service-key.audience': 'This is the audience of the gateway’s own access tokens. Name your backend.',
  'service-key.changed-meanwhile': 'The key changed at the same time. Load it again and retry.',
  'service-key.expiry': 'The expiry date is in the past or later than keys may last.',
  'service-key.scope': 'The key lacks the scope {{scope}}.',
  'service-key.too-many': 'There are as many keys as allowed. Revoke some you no longer need.',
  'service-key.unknown': 'This key does not exist or has ended.',

  'session.newer-credential': 'This session has a newer credential. Send the request again with that.',

  'sign-in.blocked': 'We could not sign you in. Contact support and give them this reference.',
  'sign-in.over': 'This sign-in has ended. Start again.',

  'step-up.account.close': 'Confirm it is you to close your account.',
  'step-up.admin.accounts': 'Confirm it is you to manage accounts.',
  'step-up.admin.audit': 'Confirm it is you to see the audit log.',
  'step-up.admin.erase': 'Confirm it is you to erase an account.',
  'step-up.admin.export': 'Confirm it is you to export an account’s data.',
  'step-up.admin.lists': 'Confirm it is you to change the allow and block lists.',
  'step-up.admin.policy': 'Confirm it is you to see the access policy.',
  'step-up.admin.risk': 'Confirm it is you to see and label risk decisions.',
  'step-up.admin.service-keys': 'Confirm it is you to manage service keys.',
  'step-up.data.export': 'Confirm it is you to download your data.',
  'step-up.default': 'Confirm it is you to continue.',
  'step-up.email.change': 'Confirm it is you to change your e-mail address.',
  'step-up.factor.enroll': 'Confirm it is you to add a way to sign in.',
  'step-up.factor.remove': 'Confirm it is you to remove a way to sign in.',
  'step-up.factor.rename': 'Confirm it is you to rename a way to sign in.',
  'step-up.organization.enter': 'Confirm it is you to join or create an organization.',
  'step-up.organization.leave': 'Confirm it is you to leave an organization.',
  'step-up.organization.manage': 'Confirm it is you to manage your organization.',
  'step-up.organization.opt-in': 'Confirm it is you to change when you are prompted.',
  'step-up.password.change': 'Confirm it is you to change your password.',
  'step-up.phone.change': 'Confirm it is you to change your phone number.',
  'step-up.profile.read': 'Confirm it is you to see your personal data.',
  'step-up.profile.update': 'Confirm it is you to change your personal data.',
  'step-up.recovery-codes.regenerate': 'Confirm it is you to get new recovery codes.',
  'step-up.session.revoke': 'Confirm it is you to end sessions.',
  'step-up.sign-in-again': 'Sign in again to continue.',

  'token.wrong': 'The token was not accepted.',

  'wait.attempts': 'Too many attempts. Try again in {{wait}}.',
  'wait.requests': 'Too many requests. Try again in {{wait}}.',

  ...contributionsInEnglish,
}
