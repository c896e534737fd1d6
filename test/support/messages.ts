import { MESSAGES, type MessageName } from '../../src/kernel/messages.js'
import { de } from '../../src/messages/templates/de.js'
import { en } from '../../src/messages/templates/en.js'
import { until, type Mail, type TestGateway } from './gateway.js'

const GAP = /\\\{\\\{\w+\\\}\\\}/g

/** Matches the subject of a built-in message, whatever its gaps are filled with. */
export function subjectOf(name: MessageName, language: 'en' | 'de' = 'en'): RegExp {
  const { subject } = { en, de }[language][name]
  const escaped = subject.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`^${escaped.replace(GAP, '.+')}$`)
}

/** Whether a mail is this message, in English. */
export function isMessage(name: MessageName): (mail: Pick<Mail, 'subject'>) => boolean {
  const subject = subjectOf(name)
  return (mail) => subject.test(mail.subject)
}

/** The name of a mail in English. */
export const nameOf = (mail: Pick<Mail, 'subject'>): MessageName | undefined =>
  MESSAGES.find((name) => name !== 'sms-code' && isMessage(name)(mail))

/** The newest mail of this name to an address; waits for it. */
export const newestMail = (gateway: TestGateway, address: string, name: MessageName): Promise<Mail> =>
  until(async () => (await gateway.mailTo(address)).findLast(isMessage(name)) ?? null)
