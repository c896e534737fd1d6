import type { MessageName } from '../kernel/messages.js'

/** How a value is made safe: words of people lose what would make a link, the others have a shape of their own. */
export type GapKind = 'words' | 'link' | 'code' | 'number' | 'address' | 'country'

export interface Gap {
  readonly kind: GapKind
  readonly means: string
  /** A template without it would be of no use. */
  readonly isRequired?: true
}

export type Gaps = Readonly<Record<string, Gap>>

interface MessageNotes {
  /** When it is sent. */
  readonly means: string
  readonly gaps: Gaps
}

/** In every message. */
const COMMON: Gaps = { service: { kind: 'words', means: 'the name of the service' } }

const LINK = 'the page that the link leads to; in notices, the page "this was not me"'
const CODE: Gaps = {
  code: { kind: 'code', means: 'the code', isRequired: true },
  minutes: { kind: 'number', means: 'how long it is good for, in minutes' },
}
const CONFIRMATION: Gaps = {
  link: { kind: 'link', means: LINK, isRequired: true },
  lifetime: { kind: 'words', means: 'how long the link is good for' },
}
const HAPPENED: Gaps = {
  time: { kind: 'words', means: 'when it happened, in UTC' },
  device: { kind: 'words', means: 'browser and system, by name' },
  place: { kind: 'words', means: 'the country' },
  address: { kind: 'address', means: 'the network address' },
}
const NOTICE: Gaps = { ...HAPPENED, link: { kind: 'link', means: LINK, isRequired: true } }
const ORGANIZATION: Gaps = { organization: { kind: 'words', means: 'the name of the organization' } }
/** Where there is nothing to take back, or nothing to tell of a caller. */
const FAREWELL: Gaps = { time: { kind: 'words', means: 'when it happened, in UTC' } }
const FACTOR: Gaps = { ...NOTICE, factor: { kind: 'words', means: 'the name of the factor' } }

/** Every message with what may stand in it. docs/message-list.md is printed from it. */
const MESSAGE_NOTES: Readonly<Record<MessageName, MessageNotes>> = {
  'sms-code': { means: 'A code by text message.', gaps: CODE },
  'email-code': { means: 'A code by e-mail.', gaps: CODE },
  'confirm-sign-up': { means: 'Somebody signed up.', gaps: CONFIRMATION },
  'already-registered': { means: 'Somebody signed up with an address that has an account.', gaps: {} },
  'confirm-email-change': { means: 'To a new address, before it is used.', gaps: CONFIRMATION },
  'address-not-available': {
    means: 'Somebody asked to move an account to an address that STEPGATE_ADMINISTRATORS lists.',
    gaps: {},
  },
  'organization-invitation': {
    means: 'Somebody was invited to an organization.',
    gaps: { ...CONFIRMATION, ...ORGANIZATION },
  },
  'sign-in-link': { means: 'Somebody asked for a link to sign in with.', gaps: CONFIRMATION },
  'reset-password': { means: 'Somebody asked for a link to set a new password.', gaps: CONFIRMATION },
  'no-account': { means: 'Somebody asked for such a link, and the address has no account.', gaps: {} },
  'email-change-requested': { means: 'Another e-mail address was asked for.', gaps: NOTICE },
  'email-changed': { means: 'The e-mail address was changed; to the old and the new one.', gaps: NOTICE },
  'password-changed': { means: 'The password was changed.', gaps: NOTICE },
  'password-set-by-link': { means: 'A new password was set by a link out of a mail.', gaps: NOTICE },
  'factor-added': { means: 'A second factor was added.', gaps: FACTOR },
  'factor-replaced': {
    means: 'A second factor took the place of another.',
    gaps: { ...FACTOR, replaced: { kind: 'words', means: 'the name of the factor that went' } },
  },
  'factor-removed': { means: 'A second factor was removed.', gaps: FACTOR },
  'factor-disabled': { means: 'A second factor was given wrong answers too often.', gaps: FACTOR },
  'factors-reset': { means: 'An operator removed all second factors.', gaps: NOTICE },
  're-enrollment-required': { means: 'An operator demands a new second factor.', gaps: NOTICE },
  'recovery-codes-replaced': { means: 'New recovery codes were made.', gaps: NOTICE },
  'recovery-code-used': {
    means: 'Somebody came in with a recovery code.',
    gaps: { ...NOTICE, codesLeft: { kind: 'number', means: 'how many are left' } },
  },
  'new-device': { means: 'A sign-in from a device that was not seen before.', gaps: NOTICE },
  'unusual-sign-in': { means: 'A sign-in of high risk, whether it was let in or not.', gaps: NOTICE },
  'device-copied': {
    means: 'A token of a device was used after it had been replaced: somebody has a copy.',
    gaps: { ...NOTICE, name: { kind: 'words', means: 'the name of the device that was copied' } },
  },
  'wrong-codes': { means: 'Wrong answers after a right first factor.', gaps: NOTICE },
  'push-denied': {
    means: 'A prompt was denied on the enrolled device, which time, device and place are those of.',
    gaps: {
      ...FACTOR,
      agent: { kind: 'words', means: 'browser and system of whoever asked' },
      country: { kind: 'country', means: 'where they asked from' },
    },
  },
  'organization-entered': {
    means: 'The account went into an organization, or made one.',
    gaps: { ...NOTICE, ...ORGANIZATION },
  },
  'organization-membership-ended': {
    means: 'An operator took the account out of an organization.',
    gaps: { ...FAREWELL, ...ORGANIZATION },
  },
  'role-granted': {
    means: 'The account was made an operator’s, by the setting or on the command line.',
    gaps: { ...FAREWELL, by: { kind: 'words', means: 'the setting or the command that did it' } },
  },
  'role-revoked': {
    means: 'The account is no operator’s any more.',
    gaps: { ...FAREWELL, by: { kind: 'words', means: 'the command that did it' } },
  },
  'break-glass-used': {
    means: 'A break-glass member signed in or did what the policy would have refused; to the other administrators.',
    gaps: { ...HAPPENED, ...ORGANIZATION, member: { kind: 'words', means: 'the address of the member' } },
  },
  'data-exported': { means: 'Everything that is kept about the person was given to them.', gaps: NOTICE },
  'account-closed': {
    means: 'The person closed the account.',
    gaps: {
      ...FAREWELL,
      device: { kind: 'words', means: 'browser and system, by name' },
      place: { kind: 'words', means: 'the country' },
      address: { kind: 'address', means: 'the network address' },
    },
  },
  'account-erased': { means: 'An operator had the account erased.', gaps: FAREWELL },
}

export const gapsOf = (name: MessageName): Gaps => ({ ...COMMON, ...MESSAGE_NOTES[name].gaps })

/** Text messages have no subject and no HTML. */
export const isTextMessage = (name: MessageName): boolean => name === 'sms-code'

/** The content of docs/message-list.md. */
export function printMessageList(): string {
  const rows = Object.entries(MESSAGE_NOTES).map(([name, { means, gaps }]) => {
    const listed = Object.entries(gaps).map(([gap, { isRequired }]) => `\`${gap}\`${isRequired ? ' (required)' : ''}`)
    return `| \`${name}\` | ${means} | ${listed.join(', ')} |`
  })
  const all = Object.assign({}, COMMON, ...Object.values(MESSAGE_NOTES).map(({ gaps }) => gaps)) as Gaps
  const meanings = Object.entries(all).map(([gap, { means }]) => `| \`${gap}\` | ${means} |`)
  return `# Messages and their gaps

How to write templates of your own: [messages.md](messages.md).

| message | sent when | gaps |
| --- | --- | --- |
${rows.join('\n')}

\`service\` may stand in every message. What the gaps are filled with:

| gap | holds |
| --- | --- |
${meanings.join('\n')}
`
}
