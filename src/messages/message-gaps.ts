import type { MessageName } from '../kernel/messages.js'

/** How a value is made safe. `words` come from people and lose everything a mail program would turn into a link. */
export type GapKind = 'words' | 'link' | 'code' | 'number' | 'address' | 'country'

export interface Gap {
  readonly kind: GapKind
  readonly means: string
  /** The message is useless without it, so templates without it are rejected. */
  readonly isRequired?: true
  /** Not in every mail: paragraphs that use it are left out of mails without it. */
  readonly isOptional?: true
}

export type Gaps = Readonly<Record<string, Gap>>

interface MessageNotes {
  /** When it is sent. */
  readonly means: string
  readonly gaps: Gaps
}

/** In every message. */
const COMMON: Gaps = { service: { kind: 'words', means: 'the name of the service' } }

const LINK = 'the link to the page that continues; in notices, the “This wasn’t me” page'
const CODE: Gaps = {
  code: { kind: 'code', means: 'the verification code', isRequired: true },
  minutes: { kind: 'number', means: 'in how many minutes the code expires' },
}
const CONFIRMATION: Gaps = {
  link: { kind: 'link', means: LINK, isRequired: true },
  lifetime: { kind: 'words', means: 'how long the link works, such as “24 hours”' },
}
const LINK_OR_CODE: Gaps = {
  ...CONFIRMATION,
  code: { kind: 'code', means: 'the verification code', isOptional: true },
  minutes: { kind: 'number', means: 'in how many minutes the code expires', isOptional: true },
}
const TIME = { kind: 'words', means: 'when it happened, in UTC' } as const
const HAPPENED: Gaps = {
  time: TIME,
  device: { kind: 'words', means: 'browser and system, by name' },
  place: { kind: 'words', means: 'the country' },
  address: { kind: 'address', means: 'the IP address' },
}
const NOTICE: Gaps = { ...HAPPENED, link: { kind: 'link', means: LINK, isRequired: true } }
const ORGANIZATION: Gaps = { organization: { kind: 'words', means: 'the name of the organization' } }
/** For events without a caller to describe and without anything to take back. */
const FAREWELL: Gaps = { time: TIME }
const FACTOR: Gaps = { ...NOTICE, factor: { kind: 'words', means: 'the name of the factor' } }

/** Every message with its gaps. docs/message-list.md is printed from this list. */
const MESSAGE_NOTES: Readonly<Record<MessageName, MessageNotes>> = {
  'sms-code': { means: 'A verification code is sent by text message.', gaps: CODE },
  'email-code': { means: 'A verification code is sent by e-mail.', gaps: CODE },
  'confirm-sign-up': { means: 'A sign-up has to be confirmed.', gaps: LINK_OR_CODE },
  'already-registered': { means: 'A sign-up used an address that already has an account.', gaps: {} },
  'confirm-email-change': { means: 'A new address has to be confirmed; to the new address.', gaps: LINK_OR_CODE },
  'address-not-available': {
    means: 'An account asked to change to an address that `STEPGATE_ADMINISTRATORS` lists; to that address.',
    gaps: {},
  },
  'organization-invitation': {
    means: 'An address was invited to an organization.',
    gaps: { ...CONFIRMATION, ...ORGANIZATION },
  },
  'sign-in-link': { means: 'A sign-in link was requested.', gaps: LINK_OR_CODE },
  'reset-password': { means: 'A password reset was requested.', gaps: LINK_OR_CODE },
  'no-account': { means: 'One of these links was requested for an address without an account.', gaps: {} },
  'email-change-requested': { means: 'A change of the e-mail address was requested.', gaps: NOTICE },
  'email-changed': { means: 'The e-mail address was changed; to the old and the new one.', gaps: NOTICE },
  'password-changed': { means: 'The password was changed.', gaps: NOTICE },
  'password-set-by-link': { means: 'The password was reset with a link from a mail.', gaps: NOTICE },
  'factor-added': { means: 'A second factor was added.', gaps: FACTOR },
  'factor-replaced': {
    means: 'A second factor replaced another one.',
    gaps: { ...FACTOR, replaced: { kind: 'words', means: 'the name of the factor that was replaced' } },
  },
  'factor-removed': { means: 'A second factor was removed.', gaps: FACTOR },
  'factor-disabled': { means: 'A second factor was disabled after too many wrong answers.', gaps: FACTOR },
  'factors-reset': { means: 'An operator removed all second factors.', gaps: NOTICE },
  're-enrollment-required': { means: 'An operator required a new second factor.', gaps: NOTICE },
  'recovery-codes-replaced': { means: 'New recovery codes were created.', gaps: NOTICE },
  'recovery-code-used': {
    means: 'A recovery code was used.',
    gaps: { ...NOTICE, codesLeft: { kind: 'number', means: 'how many recovery codes are left' } },
  },
  'new-device': { means: 'A device that was not seen before signed in.', gaps: NOTICE },
  'unusual-sign-in': { means: 'A sign-in had high or critical risk, allowed or not.', gaps: NOTICE },
  'device-copied': {
    means: 'A device token was used after it had been replaced, so there is a copy of it.',
    gaps: { ...NOTICE, name: { kind: 'words', means: 'the name of the device that was copied' } },
  },
  'wrong-codes': { means: 'Several wrong answers followed a right first factor.', gaps: NOTICE },
  'push-denied': {
    means: 'A push prompt was denied. `time`, `device`, `place` and `address` are those of the device that denied it.',
    gaps: {
      ...FACTOR,
      agent: { kind: 'words', means: 'browser and system that requested the prompt' },
      country: { kind: 'country', means: 'the country that the prompt was requested from' },
    },
  },
  'organization-entered': {
    means: 'The account joined or created an organization.',
    gaps: { ...NOTICE, ...ORGANIZATION },
  },
  'organization-membership-ended': {
    means: 'An operator removed the account from an organization.',
    gaps: { ...FAREWELL, ...ORGANIZATION },
  },
  'role-granted': {
    means: 'The account became an operator, by the setting or the command.',
    gaps: { ...FAREWELL, by: { kind: 'words', means: 'the setting or the command that did it' } },
  },
  'role-revoked': {
    means: 'The account is no longer an operator.',
    gaps: { ...FAREWELL, by: { kind: 'words', means: 'the command that did it' } },
  },
  'break-glass-used': {
    means: 'A break-glass member signed in, or did what the policy would have blocked; to the other administrators.',
    gaps: { ...HAPPENED, ...ORGANIZATION, member: { kind: 'words', means: 'the address of the member' } },
  },
  'data-exported': { means: 'The account exported its personal data.', gaps: NOTICE },
  'account-closed': { means: 'The account was closed by its owner.', gaps: HAPPENED },
  'account-erased': { means: 'An operator erased the account.', gaps: FAREWELL },
}

export const gapsOf = (name: MessageName): Gaps => ({ ...COMMON, ...MESSAGE_NOTES[name].gaps })

export const optionalGapsOf = (name: MessageName): readonly string[] =>
  Object.entries(gapsOf(name)).flatMap(([gap, { isOptional }]) => (isOptional ? [gap] : []))

/** Text messages have no subject and no HTML. */
export const isTextMessage = (name: MessageName): boolean => name === 'sms-code'

/** The content of docs/message-list.md. */
export function printMessageList(): string {
  const rows = Object.entries(MESSAGE_NOTES).map(([name, { means, gaps }]) => {
    const listed = Object.entries(gaps).map(
      ([gap, { isRequired, isOptional }]) =>
        `\`${gap}\`${isRequired ? ' (required)' : isOptional ? ' (optional)' : ''}`,
    )
    return `| \`${name}\` | ${means} | ${listed.join(', ')} |`
  })
  const all = Object.assign({}, COMMON, ...Object.values(MESSAGE_NOTES).map(({ gaps }) => gaps)) as Gaps
  const meanings = Object.entries(all).map(([gap, { means }]) => `| \`${gap}\` | ${means} |`)
  return `# Messages and their placeholders

How to write templates of your own: [messages.md](messages.md).

| message | sent when | placeholders |
| --- | --- | --- |
${rows.join('\n')}

\`service\` may stand in every message. What the gaps are filled with:

| placeholder | contains |
| --- | --- |
${meanings.join('\n')}
`
}
