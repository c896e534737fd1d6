import type { Message } from './ports.js'

export interface MailSettings {
  readonly serviceName: string
  /** Where the links lead: the address of the application; the token is its fragment, which no server ever sees. */
  readonly confirmUrl: string
  readonly confirmationSeconds: number
}

const inWords = (seconds: number): string =>
  seconds >= 7200 ? `${Math.floor(seconds / 3600)} hours` : `${Math.floor(seconds / 60)} minutes`

const link = (settings: MailSettings, token: string): string => `${settings.confirmUrl}#token=${token}`

export function confirmSignUpMail(settings: MailSettings, to: string, token: string): Message {
  return {
    to,
    subject: `Confirm your e-mail address for ${settings.serviceName}`,
    text: `Somebody, we hope you, signed up for ${settings.serviceName} with this address.

Confirm it within ${inWords(settings.confirmationSeconds)}:
${link(settings, token)}

If it was not you, do nothing: without the confirmation there is no account.
`,
  }
}

/** Sent instead of a confirmation when the address has an account; the page that asked cannot tell the difference. */
export function alreadyRegisteredMail(settings: MailSettings, to: string): Message {
  return {
    to,
    subject: `You already have an account at ${settings.serviceName}`,
    text: `Somebody, perhaps you, tried to sign up for ${settings.serviceName} with this address.
It already has an account, and nothing was changed. Sign in as usual.

If it was not you, you need do nothing.
`,
  }
}

export function confirmEmailChangeMail(settings: MailSettings, to: string, token: string): Message {
  return {
    to,
    subject: `Confirm your new e-mail address for ${settings.serviceName}`,
    text: `You asked to use this address for your account at ${settings.serviceName}.

Confirm it within ${inWords(settings.confirmationSeconds)}:
${link(settings, token)}

If it was not you, do nothing: the address is not changed without the confirmation.
`,
  }
}

export function emailChangeRequestedMail(settings: MailSettings, to: string): Message {
  return {
    to,
    subject: `A new e-mail address was asked for at ${settings.serviceName}`,
    text: `Somebody signed in to your account at ${settings.serviceName} asked to change its e-mail address.
It changes when the new address is confirmed.

If it was not you, change your password and end your other sessions now.
`,
  }
}

export function emailChangedMail(settings: MailSettings, to: string): Message {
  return {
    to,
    subject: `Your e-mail address at ${settings.serviceName} was changed`,
    text: `The e-mail address of your account at ${settings.serviceName} was changed.
This is the last message to this address.

If it was not you, contact the people who run ${settings.serviceName}.
`,
  }
}

export function passwordChangedMail(settings: MailSettings, to: string): Message {
  return {
    to,
    subject: `Your password at ${settings.serviceName} was changed`,
    text: `The password of your account at ${settings.serviceName} was changed and remembered devices were forgotten.

If it was not you, contact the people who run ${settings.serviceName}.
`,
  }
}

export function factorRemovedMail(settings: MailSettings, to: string, factorName: string): Message {
  return {
    to,
    subject: `A second factor was removed at ${settings.serviceName}`,
    text: `The second factor "${factorName}" of your account at ${settings.serviceName} was removed.
Other sessions were ended and remembered devices forgotten.

If it was not you, change your password now and enrol a new factor.
`,
  }
}

export function recoveryCodesReplacedMail(settings: MailSettings, to: string): Message {
  return {
    to,
    subject: `New recovery codes at ${settings.serviceName}`,
    text: `New recovery codes were made for your account at ${settings.serviceName}. Older ones no longer work.

If it was not you, change your password now and make new ones yourself.
`,
  }
}
