import { ReportNotMeDocument } from '../../schema/generated/graphql.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { newId } from '../../src/kernel/ids.js'
import type { NoticeName } from '../../src/kernel/notices.js'
import { openPeople, stored } from '../../src/store/person-document.js'
import { storedPerson } from './answers.js'
import { until, type Mail, type TestGateway } from './gateway.js'
import { subjectOf } from './messages.js'

/** The notices to an address: mails with a “This wasn’t me” link. */
export async function noticesTo(gateway: TestGateway, address: string): Promise<readonly Mail[]> {
  return (await gateway.mailTo(address)).filter(({ text }) => text.includes('/not-me#token='))
}

/** The first notice of this name to an address, or the first of all; waits for it. */
export function noticeTo(
  gateway: TestGateway,
  address: string,
  name: NoticeName | 'any',
  language?: 'de',
): Promise<Mail> {
  const wanted = name === 'any' ? /./ : subjectOf(name, language)
  return until(async () => {
    const found = await noticesTo(gateway, address)
    return found.find((mail) => wanted.test(mail.subject)) ?? null
  })
}

export const notMeToken = ({ text }: Mail): string => /\/not-me#token=(\S+)/.exec(text)?.[1] ?? ''

export const reportNotMe = (gateway: Pick<TestGateway, 'client'>, token: string) =>
  gateway.client().send(ReportNotMeDocument, { input: { token } })

/** Gives an account a verified e-mail factor at another address, as the store keeps it. */
export async function giveEmailFactor(gateway: TestGateway, email: string, address: string): Promise<FactorId> {
  const { _id, createdAt } = await storedPerson(gateway, email)
  const id = newId<FactorId>()
  const factor = {
    id,
    type: 'EMAIL',
    name: 'E-mail',
    status: 'ACTIVE',
    createdAt,
    activatedAt: createdAt,
    lastUsedAt: null,
    expiresAt: null,
    hint: null,
    replaces: null,
    consecutiveFailures: 0,
    material: { address },
  }
  await openPeople(gateway.store).updateOne(
    { _id },
    { $set: { [`factors.${id}`]: stored(factor) }, $inc: { activeFactorCount: 1 } },
  )
  return id
}
