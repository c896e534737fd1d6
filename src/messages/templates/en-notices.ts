import type { Templates } from './template.js'

/** When, where and with what: the same lines in every notice. */
const FACTS = `Time: {{time}}
Device: {{device}}
Location: {{place}}
IP address: {{address}}`

const NOT_ME = 'This wasn’t me: {{link}}'

/** Security events of an account and its organizations. */
export const enNotices = {
  'email-change-requested': {
    subject: 'A new e-mail address was requested for your account at {{service}}',
    text: `Someone signed in to your account at {{service}} asked to change its e-mail address. The address changes when the new one is confirmed.

${FACTS}

If it was you, you do not need to do anything here. If it wasn’t, select “This wasn’t me” to cancel the change and sign that person out, then change your password.

${NOT_ME}`,
  },
  'email-changed': {
    subject: 'Your e-mail address at {{service}} was changed',
    text: `The e-mail address of your account at {{service}} was changed. This message goes to the old and the new address.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out, then contact the people who run {{service}}.

${NOT_ME}`,
  },
  'password-changed': {
    subject: 'Your password at {{service}} was changed',
    text: `The password of your account at {{service}} was changed, and all remembered devices were removed.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out, then reset your password. If you cannot get back in, contact the people who run {{service}}.

${NOT_ME}`,
  },
  'password-set-by-link': {
    subject: 'Your password at {{service}} was reset',
    text: `The password of your account at {{service}} was reset with a link that we sent you by e-mail. All sessions were signed out and all remembered devices were removed.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, someone else can read your e-mail. Select “This wasn’t me” to sign that person out, change the password of your mailbox, and then reset your password here.

${NOT_ME}`,
  },
  'factor-added': {
    subject: 'A second factor was added to your account at {{service}}',
    text: `The second factor “{{factor}}” was added to your account at {{service}}. It can now be used to confirm your sign-ins.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to block the new factor and sign out everywhere, then change your password.

${NOT_ME}`,
  },
  'factor-replaced': {
    subject: 'A second factor of your account at {{service}} was replaced',
    text: `The second factor “{{factor}}” replaced “{{replaced}}” in your account at {{service}}. Your other sessions were signed out and all remembered devices were removed.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to block the new factor and sign out everywhere, then change your password.

${NOT_ME}`,
  },
  'factor-removed': {
    subject: 'A second factor of your account at {{service}} was removed',
    text: `The second factor “{{factor}}” was removed from your account at {{service}}. Your other sessions were signed out and all remembered devices were removed.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out. Then change your password and set up a new second factor.

${NOT_ME}`,
  },
  'factor-disabled': {
    subject: 'A second factor of your account at {{service}} was disabled',
    text: `There were too many failed attempts with the second factor “{{factor}}” of your account at {{service}}, so it was disabled. Sign in with another factor or a recovery code, then set it up again.

${FACTS}

If those attempts were not yours, someone may know your password. Select “This wasn’t me” to sign that person out, then change your password.

${NOT_ME}`,
  },
  'factors-reset': {
    subject: 'Your second factors at {{service}} were reset',
    text: `An administrator of {{service}} removed all second factors from your account, signed it out everywhere and removed all remembered devices. The next time you sign in, you set up a new second factor.

Time: {{time}}

If you did not ask for this, select “This wasn’t me” and contact the people who run {{service}}.

${NOT_ME}`,
  },
  're-enrollment-required': {
    subject: 'Please set up a new second factor at {{service}}',
    text: `An administrator of {{service}} requires you to set up a new second factor. You are asked to do this the next time you use {{service}}.

Time: {{time}}

If you did not expect this, select “This wasn’t me” and contact the people who run {{service}}.

${NOT_ME}`,
  },
  'recovery-codes-replaced': {
    subject: 'New recovery codes for your account at {{service}}',
    text: `New recovery codes were created for your account at {{service}}. Your old codes no longer work.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to cancel the new codes and sign out everywhere. Then change your password and create new codes yourself.

${NOT_ME}`,
  },
  'recovery-code-used': {
    subject: 'A recovery code was used at {{service}}',
    text: `A recovery code of your account at {{service}} was used. Codes left: {{codesLeft}}.

${FACTS}

If it was you, set up a new second factor before you run out of codes. If it wasn’t, select “This wasn’t me” to sign that person out. Then change your password and create new codes.

${NOT_ME}`,
  },
  'new-device': {
    subject: 'A new device signed in to your account at {{service}}',
    text: `A device that we have not seen before signed in to your account at {{service}}.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign the device out, then change your password.

${NOT_ME}`,
  },
  'unusual-sign-in': {
    subject: 'An unusual sign-in to your account at {{service}}',
    text: `Someone signed in to your account at {{service}}, or tried to, in a way that is unusual for you. They had your password or another of your sign-in methods.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out, then change your password.

${NOT_ME}`,
  },
  'device-copied': {
    subject: 'One of your remembered devices at {{service}} may have been copied',
    text: `Someone with your password or another of your sign-in methods for {{service}} used an old copy of the token that identifies one of your devices. This token changes at every sign-in, so there are now two copies, and one of them may belong to an attacker. We no longer remember the device: it has to confirm your second factor again.

Remembered device: {{name}}

${FACTS}

If you have just restored your browser or computer from a backup, you do not need to do anything. If you have not, select “This wasn’t me” to sign that person out, change your password, and check the device for malware.

${NOT_ME}`,
  },
  'wrong-codes': {
    subject: 'Wrong codes were entered for your account at {{service}}',
    text: `Someone entered wrong codes for your second factor at {{service}} several times. They had already passed the first step of signing in, usually your password.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, someone may know your password. Select “This wasn’t me” to sign that person out, then change your password.

${NOT_ME}`,
  },
  'push-denied': {
    subject: 'You denied a request at {{service}}',
    text: `A request to confirm a sign-in or another action in your account at {{service}} was denied on your device and did not go through.

Denied: {{time}}
Requested by: {{agent}}
Requested from: {{country}}

If you did not start it yourself, someone may know your password. Select “This wasn’t me” to sign that person out, then change your password.

${NOT_ME}`,
  },
  'organization-entered': {
    subject: 'Your account at {{service}} joined an organization',
    text: `Your account at {{service}} is now a member of the organization {{organization}}. The organization can require certain second factors when you work in it, and can limit which ones you set up.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out, then change your password and leave the organization. You can always leave it.

${NOT_ME}`,
  },
  'organization-membership-ended': {
    subject: 'You were removed from an organization at {{service}}',
    text: `An administrator of {{service}} removed your account from the organization {{organization}}. You can no longer work in it, and its rules no longer apply to you.

Time: {{time}}

If you did not expect this, contact the people who run {{service}}.`,
  },
  'role-granted': {
    subject: 'Your account at {{service}} now has administrator rights',
    text: `Your account at {{service}} was given administrator rights: it can see and change other people’s accounts. All sessions were signed out and all remembered devices were removed.

Time: {{time}}
Granted by: {{by}}

If you did not expect this, contact the people who run {{service}} immediately and change your password.`,
  },
  'role-revoked': {
    subject: 'Your account at {{service}} no longer has administrator rights',
    text: `Your account at {{service}} no longer has administrator rights. It cannot see or change other people’s accounts any more. Your own account stays the same.

Time: {{time}}
Revoked by: {{by}}

If you did not expect this, contact the people who run {{service}}.`,
  },
  'break-glass-used': {
    subject: 'Emergency access was used at {{service}}',
    text: `{{member}} has emergency (“break-glass”) access to {{organization}} at {{service}}: its security policy does not apply to them. They signed in, or did something that the policy would have blocked.

${FACTS}

If none of the organization’s administrators knows why, remove the exemption and then the member.`,
  },
  'data-exported': {
    subject: 'Your data at {{service}} was exported',
    text: `Someone signed in to your account exported all the data that {{service}} keeps about you.

${FACTS}

If it was you, you do not need to do anything. If it wasn’t, select “This wasn’t me” to sign that person out, then change your password.

${NOT_ME}`,
  },
  'account-closed': {
    subject: 'Your account at {{service}} was closed',
    text: `Someone signed in to your account at {{service}} closed it. Your data is being erased and cannot be recovered. You can sign up again with this address.

${FACTS}

If it wasn’t you, contact the people who run {{service}}.`,
  },
  'account-erased': {
    subject: 'Your account at {{service}} was erased',
    text: `An administrator of {{service}} erased your account. Your data is being erased and cannot be recovered. You can sign up again with this address.

Time: {{time}}

If you did not ask for this, contact the people who run {{service}}.`,
  },
} satisfies Partial<Templates>
