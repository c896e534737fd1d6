import { EnrollFactorDocument } from '../../src/client/generated/graphql.js'
import { dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { answer, passedOf, registered, signIn } from './person.js'

/** A mailbox that codes are sent to. */
export interface Mailbox {
  readonly factorId: string
  readonly address: string
  /** The newest code in it. */
  code(): Promise<string>
}

export interface PersonWithMailbox {
  readonly email: string
  /** Signed in, with the mailbox proved just now. */
  readonly client: Client
  readonly mailbox: Mailbox
  readonly recoveryCodes: readonly string[]
}

/** Every code that was mailed to an address, oldest first. */
export async function codesMailedTo(gateway: TestGateway, address: string): Promise<readonly string[]> {
  const mails = await gateway.mailTo(address)
  return mails.flatMap(({ subject, text }) => (/your code/.test(subject) ? (/\b\d{6}\b/.exec(text) ?? []) : []))
}

export async function mailedCode(gateway: TestGateway, address: string): Promise<string> {
  const code = (await codesMailedTo(gateway, address)).at(-1)
  if (code === undefined) throw new Error('no code was mailed there')
  return code
}

/** Begins to enrol a mailbox: the challenge waits for the code that was mailed to it. */
export async function beginEmail(gateway: TestGateway, client: Client, address: string) {
  const input = { type: 'EMAIL', emailAddress: address } as const
  const { factor, challenge } = dataOf(await client.send(EnrollFactorDocument, { input })).enrollFactor
  if (!challenge) throw new Error('an enrolment without challenge')
  const mailbox: Mailbox = { factorId: factor.id, address, code: () => mailedCode(gateway, address) }
  return { mailbox, factor, challenge }
}

/** Enrols a mailbox and proves it. */
export async function enrollEmail(gateway: TestGateway, client: Client, address: string) {
  const { mailbox, challenge } = await beginEmail(gateway, client, address)
  const passed = passedOf(await answer(client, challenge.id, await mailbox.code()))
  return { mailbox, recoveryCodes: passed.recoveryCodes ?? [] }
}

/** Somebody new who has signed in and enrolled a mailbox of their own beside the account's. */
export async function withMailbox(gateway: TestGateway, address?: string): Promise<PersonWithMailbox> {
  const email = await registered(gateway)
  const { client } = await signIn(gateway, email)
  return { email, client, ...(await enrollEmail(gateway, client, address ?? `codes.${email}`)) }
}

/** A code of six digits that none of these is. */
export function otherCode(codes: readonly string[], nth = 0): string {
  const candidates = Array.from({ length: nth + codes.length + 1 }, (_, index) => String(100_000 + index))
  return candidates.filter((code) => !codes.includes(code))[nth] ?? ''
}
