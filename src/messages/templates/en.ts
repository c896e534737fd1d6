import type { Templates } from './template.js'
import { enNotices } from './en-notices.js'

export const en: Templates = {
  'sms-code': {
    subject: '',
    text: '{{code}} is your code for {{service}}. It is good for {{minutes}} minutes. Nobody of us will ever ask you for it.',
  },
  'email-code': {
    subject: '{{code}} is your code for {{service}}',
    text: `Your code for {{service}} is

{{code}}

It is good for {{minutes}} minutes, on the page that asked for it. Nobody of us will ever ask you for it.

If you did not ask for it, somebody may know your password: change it.`,
  },
  'confirm-sign-up': {
    subject: 'Confirm your e-mail address for {{service}}',
    text: `Somebody, we hope you, signed up for {{service}} with this address. Confirm it within {{lifetime}}.

Confirm this address: {{link}}

Open the link in the browser you signed up in. Anywhere else you need the password you chose.

If it was not you, do nothing: without the confirmation there is no account.`,
  },
  'already-registered': {
    subject: 'You already have an account at {{service}}',
    text: `Somebody, perhaps you, tried to sign up for {{service}} with this address. It already has an account, and nothing was changed. Sign in as usual.

If it was not you, you need do nothing.`,
  },
  'confirm-email-change': {
    subject: 'Confirm your new e-mail address for {{service}}',
    text: `You asked to use this address for your account at {{service}}. Confirm it within {{lifetime}}.

Confirm this address: {{link}}

Open the link in the browser you asked in. Anywhere else, sign in first or give the password of your account.

If it was not you, do nothing: the address is not changed without the confirmation.`,
  },
  'address-not-available': {
    subject: 'An account cannot move to this address at {{service}}',
    text: `Somebody, perhaps you, asked to use this address for an account at {{service}} that has another one. This address is kept for somebody who runs {{service}}: no account can move to it, and nothing was changed.

If it was you, ask whoever runs {{service}}. If it was not you, you need do nothing.`,
  },
  'organization-invitation': {
    subject: 'You are invited to an organization at {{service}}',
    text: `You are invited to join {{organization}} at {{service}}. Sign in with the account of this address, or sign up with it, within {{lifetime}}.

Take the invitation up: {{link}}

If you do not know them, do nothing: you are in nowhere without taking it up.`,
  },
  'sign-in-link': {
    subject: 'Your link to sign in to {{service}}',
    text: `Follow this link within {{lifetime}} to sign in to {{service}}. It is good for one sign-in.

Sign in: {{link}}

Where you asked for it, a code is shown: you need it if you follow the link with another browser. If you did not ask for the link, do nothing, and give the code to nobody.`,
  },
  'reset-password': {
    subject: 'Set a new password for {{service}}',
    text: `Somebody, we hope you, asked to set a new password for your account at {{service}}. Follow this link within {{lifetime}}; it is good for one new password.

Set a new password: {{link}}

If you did not ask for it, do nothing: your password stays as it is.`,
  },
  'no-account': {
    subject: 'No account at {{service}} with this address',
    text: `Somebody, perhaps you, asked {{service}} for a link to sign in or to set a new password. There is no account with this address, so there is none. Perhaps you signed up with another one.

If it was not you, you need do nothing.`,
  },
  ...enNotices,
}
