import type { Templates } from './template.js'

/** When, from where, with what: the same lines in every notice. */
const FACTS = `Time: {{time}}
Device: {{device}}
Place: {{place}}
Network address: {{address}}`

const NOT_ME = 'This was not me: {{link}}'

/** What people are told of their account and their organizations. */
export const enNotices = {
  'email-change-requested': {
    subject: 'A new e-mail address was asked for at {{service}}',
    text: `Somebody signed in to your account at {{service}} asked to change its e-mail address. It changes when the new address is confirmed.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing and then change your password: that stops the change.

${NOT_ME}`,
  },
  'email-changed': {
    subject: 'Your e-mail address at {{service}} was changed',
    text: `The e-mail address of your account at {{service}} was changed. The old and the new address both get this message.

${FACTS}

If it was not you, end what they are doing and contact the people who run {{service}}.

${NOT_ME}`,
  },
  'password-changed': {
    subject: 'Your password at {{service}} was changed',
    text: `The password of your account at {{service}} was changed, and remembered devices were forgotten.

${FACTS}

If it was not you, end what they are doing and contact the people who run {{service}}.

${NOT_ME}`,
  },
  'password-set-by-link': {
    subject: 'A new password was set at {{service}}',
    text: `A new password was set for your account at {{service}} by a link that was mailed to you. Every session was ended and remembered devices forgotten.

${FACTS}

If it was you, there is nothing to do. If not, somebody reads your mail: take it back, change the password of your mailbox, and then set a new one here.

${NOT_ME}`,
  },
  'factor-added': {
    subject: 'A second factor was added at {{service}}',
    text: `The second factor "{{factor}}" was added to your account at {{service}}. From now on it opens your account.

${FACTS}

If it was you, there is nothing to do. If not, take it back and then change your password.

${NOT_ME}`,
  },
  'factor-replaced': {
    subject: 'A second factor was replaced at {{service}}',
    text: `The second factor "{{factor}}" took the place of "{{replaced}}" in your account at {{service}}. Other sessions were ended and remembered devices forgotten.

${FACTS}

If it was you, there is nothing to do. If not, take it back and then change your password.

${NOT_ME}`,
  },
  'factor-removed': {
    subject: 'A second factor was removed at {{service}}',
    text: `The second factor "{{factor}}" of your account at {{service}} was removed. Other sessions were ended and remembered devices forgotten.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing, change your password and enrol a new factor.

${NOT_ME}`,
  },
  'factor-disabled': {
    subject: 'A second factor was disabled at {{service}}',
    text: `The second factor "{{factor}}" of your account at {{service}} was given too many wrong answers and was disabled. Use another one, or a recovery code, and enrol it again.

${FACTS}

If those answers were not yours, somebody knows your password: end what they are doing and change it.

${NOT_ME}`,
  },
  'factors-reset': {
    subject: 'Your second factors at {{service}} were reset',
    text: `The people who run {{service}} removed every second factor of your account, ended its sessions and forgot its devices. You are asked for a new factor when you next sign in.

Time: {{time}}

If you did not ask for it, say so, and tell them, too.

${NOT_ME}`,
  },
  're-enrollment-required': {
    subject: 'Please enrol a new second factor at {{service}}',
    text: `The people who run {{service}} ask you to enrol a new second factor. You are led through it when you next sign in.

Time: {{time}}

If you did not expect it, say so, and tell them, too.

${NOT_ME}`,
  },
  'recovery-codes-replaced': {
    subject: 'New recovery codes at {{service}}',
    text: `New recovery codes were made for your account at {{service}}. Older ones no longer work.

${FACTS}

If it was not you, end what they are doing, change your password and make new codes yourself.

${NOT_ME}`,
  },
  'recovery-code-used': {
    subject: 'A recovery code was used at {{service}}',
    text: `Somebody came into your account at {{service}} with a recovery code. Codes left: {{codesLeft}}.

${FACTS}

If it was you, enrol a new second factor now: the codes run out. If it was not you, end what they are doing, change your password and make new codes.

${NOT_ME}`,
  },
  'new-device': {
    subject: 'A new device signed in at {{service}}',
    text: `A device that we had not seen before signed in to your account at {{service}}.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing and then change your password.

${NOT_ME}`,
  },
  'unusual-sign-in': {
    subject: 'An unusual sign-in at {{service}}',
    text: `Somebody signed in to your account at {{service}}, or tried to with the right password, and it does not look like you.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing and then change your password.

${NOT_ME}`,
  },
  'device-copied': {
    subject: 'A copy of a device was used at {{service}}',
    text: `Somebody who knows your password at {{service}} came with an old token of a device of yours. Tokens are replaced each time you sign in, so there are two of this one, and one of them may be in other hands. The device is no longer remembered: whoever uses it is asked for your second factor.

Device: {{name}}

${FACTS}

If you have just restored your browser or computer from a backup, there is nothing to do. If not, end what they are doing, change your password, and have that device looked at for malicious software.

${NOT_ME}`,
  },
  'wrong-codes': {
    subject: 'Wrong codes for your account at {{service}}',
    text: `Somebody who knows your password at {{service}} gave wrong codes for your second factor, several times.

${FACTS}

If it was you, there is nothing to do. If not, somebody knows your password: end what they are doing and change it.

${NOT_ME}`,
  },
  'push-denied': {
    subject: 'You denied a sign-in at {{service}}',
    text: `A prompt for your account at {{service}} was denied on your device. Nobody was let in by it.

Denied: {{time}}
Asked by: {{agent}}
Asked from: {{country}}

If you did not begin this sign-in yourself, somebody knows your password: end what they are doing and change it.

${NOT_ME}`,
  },
  'organization-entered': {
    subject: 'Your account at {{service}} is in a new organization',
    text: `Your account at {{service}} went into the organization {{organization}}. The organization may ask for second factors of its own where you work with it, and may restrict which ones you enrol.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing, change your password and leave the organization: no organization can keep you from that.

${NOT_ME}`,
  },
  'organization-membership-ended': {
    subject: 'You were taken out of an organization at {{service}}',
    text: `The people who run {{service}} took your account out of the organization {{organization}}. Its rules no longer apply to you, and you can no longer work with it.\n\nTime: {{time}}\n\nIf you did not expect it, ask them why.`,
  },
  'role-granted': {
    subject: 'Your account at {{service}} is an operator’s now',
    text: `Your account at {{service}} was given the role of an operator: it can see and change the accounts of others. Sessions that were open have ended, and remembered devices were forgotten.

Time: {{time}}
By: {{by}}

If you did not expect it, tell the people who run {{service}} at once, and change your password.`,
  },
  'role-revoked': {
    subject: 'Your account at {{service}} is no operator’s any more',
    text: `The role of an operator was taken from your account at {{service}}. It can no longer see or change the accounts of others. Your own account stays as it is.

Time: {{time}}
By: {{by}}

If you did not expect it, ask the people who run {{service}} why.`,
  },
  'break-glass-used': {
    subject: 'A break-glass member made use of it at {{service}}',
    text: `The policy of {{organization}} at {{service}} does not hold for {{member}}, who signed in or did what it would have refused.

${FACTS}

If nobody knows why, end it: take the exemption away in the organization, and the member out of it.`,
  },
  'data-exported': {
    subject: 'Your data at {{service}} was handed out',
    text: `Everything that {{service}} keeps about you was given to somebody signed in to your account.

${FACTS}

If it was you, there is nothing to do. If not, end what they are doing and change your password.

${NOT_ME}`,
  },
  'account-closed': {
    subject: 'Your account at {{service}} is closed',
    text: `Your account at {{service}} was closed by somebody signed in to it. What was kept about you is being erased, and none of it can be brought back. With this address you can sign up again.

${FACTS}

If it was not you, tell the people who run {{service}}.`,
  },
  'account-erased': {
    subject: 'Your account at {{service}} was erased',
    text: `The people who run {{service}} erased your account. What was kept about you is being erased, and none of it can be brought back. With this address you can sign up again.

Time: {{time}}

If you did not ask for it, ask them why.`,
  },
} satisfies Partial<Templates>
