import type { Templates } from './template.js'
import { enNotices } from './en-notices.js'

export const en: Templates = {
  'sms-code': {
    subject: '',
    text: '{{code}} is your {{service}} verification code. It expires in {{minutes}} minutes. We will never ask you for this code.',
  },
  'email-code': {
    subject: '{{code}} is your verification code for {{service}}',
    text: `Your verification code for {{service}} is

{{code}}

It expires in {{minutes}} minutes. Enter it only on the page where you requested it. We will never ask you for this code by phone or in a message.

If you did not request this code, do not share it with anyone. If you have an account at {{service}}, change your password: someone may know it.`,
  },
  'confirm-sign-up': {
    subject: 'Confirm your e-mail address for {{service}}',
    text: `You or someone else signed up for {{service}} with this e-mail address. To create the account, confirm the address within {{lifetime}}.

Confirm this address: {{link}}

Open the link in the browser where you signed up. In any other browser, you need the password you chose.

You can also enter this code on the page where you signed up, and nowhere else. It works for {{minutes}} minutes:

{{code}}

If you did not sign up, ignore this message. No account is created without your confirmation.`,
  },
  'already-registered': {
    subject: 'You already have an account at {{service}}',
    text: `You or someone else tried to sign up for {{service}} with this e-mail address, but it already has an account. Nothing was changed. Sign in as usual, or reset your password if you have forgotten it.

If you did not sign up, you can ignore this message.`,
  },
  'confirm-email-change': {
    subject: 'Confirm your new e-mail address for {{service}}',
    text: `To use this address for your account at {{service}}, confirm it within {{lifetime}}.

Confirm this address: {{link}}

Open the link in the browser where you requested the change. In any other browser, sign in first or enter the password of your account.

You can also enter this code on the page where you requested the change, and nowhere else. It works for {{minutes}} minutes:

{{code}}

If you did not request this change, ignore this message. The address is not changed without your confirmation.`,
  },
  'address-not-available': {
    subject: 'This address cannot be used for your account at {{service}}',
    text: `You or someone else asked to change the e-mail address of an account at {{service}} to this one. This address is reserved for an administrator of {{service}}, so no existing account can change to it. Nothing was changed.

If you requested this change, contact the people who run {{service}}. If you did not, you can ignore this message.`,
  },
  'organization-invitation': {
    subject: 'You are invited to an organization at {{service}}',
    text: `You are invited to join {{organization}} at {{service}}. To accept, sign in or sign up with this e-mail address within {{lifetime}}.

Accept the invitation: {{link}}

If you do not know this organization, ignore this message. You only become a member if you accept the invitation.`,
  },
  'sign-in-link': {
    subject: 'Your sign-in link for {{service}}',
    text: `Use this link within {{lifetime}} to sign in to {{service}}. It works once.

Sign in: {{link}}

If you open it in a different browser, enter the code shown on the page where you requested the link.

Instead of opening the link, you can enter this code on the page where you requested it, and nowhere else. It works for {{minutes}} minutes:

{{code}}

If you did not request this link, ignore this message. Never give a code to anyone.`,
  },
  'reset-password': {
    subject: 'Reset your password for {{service}}',
    text: `You or someone else asked to reset the password of your account at {{service}}. Use this link within {{lifetime}} to set a new password. It works once.

Set a new password: {{link}}

Instead of opening the link, you can enter this code on the page where you requested it, and nowhere else. It works for {{minutes}} minutes:

{{code}}

If you did not request this, ignore this message. Your password stays the same.`,
  },
  'no-account': {
    subject: 'No account at {{service}} with this address',
    text: `You or someone else requested a link to sign in to {{service}} or to reset a password. There is no account with this e-mail address, so we cannot send a link. If you have an account, you may have signed up with a different address.

If you did not request a link, you can ignore this message.`,
  },
  ...enNotices,
}
