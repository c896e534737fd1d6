import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import { dataOf, type Client } from './client.js'
import type { Mail, TestGateway } from './gateway.js'
import { answer, passedOf, registered, signIn } from './person.js'
import { isMessage } from './messages.js'

/** A person's telephone, and the messages sent to it. */
export interface Telephone {
  readonly factorId: string
  readonly number: string
  /** The newest code sent to it. */
  code(): Promise<string>
}

export interface PersonWithTelephone {
  readonly email: string
  /** Signed in, with MFA proved just now. */
  readonly client: Client
  readonly telephone: Telephone
  readonly recoveryCodes: readonly string[]
}

const AREAS = [201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228]
let numbers = 0

/** A new number from those reserved for fiction; the next one is in another block. */
export function newNumber(): string {
  const nth = (numbers += 1)
  const line = String(Math.floor(nth / AREAS.length) % 100).padStart(2, '0')
  return `+1${AREAS[nth % AREAS.length]}55501${line}`
}

/** The messages sent to a number, oldest first. */
export const textsTo = (gateway: TestGateway, number: string): Promise<readonly Mail[]> => gateway.mailTo(number)

/** The code in the newest message to a number. */
export async function codeSentTo(gateway: TestGateway, number: string): Promise<string> {
  const newest = (await textsTo(gateway, number)).at(-1)
  const code = /\b\d{6}\b/.exec(newest?.text ?? '')?.[0]
  if (code === undefined) throw new Error('no code was sent there')
  return code
}

/** Any code but this one. */
export const otherThan = (code: string, nth = 0): string =>
  String((Number(code) + 1 + nth) % 1_000_000).padStart(6, '0')

/** Begins to enrol a number; the challenge expects the code that is sent there. */
export async function beginSms(gateway: TestGateway, client: Client, number = newNumber(), replaces?: string) {
  const input = { type: 'SMS', phoneNumber: number, ...(replaces === undefined ? {} : { replaces }) } as const
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input }))
  const { factor, challenge } = enrollFactor
  if (!challenge) throw new Error('an enrolment without challenge')
  const telephone: Telephone = { factorId: factor.id, number, code: () => codeSentTo(gateway, number) }
  return { telephone, factor, challenge }
}

/** Enrols a number and proves it. */
export async function enrollSms(gateway: TestGateway, client: Client, number = newNumber(), replaces?: string) {
  const { telephone, challenge } = await beginSms(gateway, client, number, replaces)
  const passed = passedOf(await answer(client, challenge.id, await telephone.code()))
  return { telephone, recoveryCodes: passed.recoveryCodes ?? [] }
}

/** A new account that has signed in and enrolled a telephone. */
export async function withSms(gateway: TestGateway, number = newNumber()): Promise<PersonWithTelephone> {
  const email = await registered(gateway)
  const { client } = await signIn(gateway, email)
  return { email, client, ...(await enrollSms(gateway, client, number)) }
}

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

/** Every code mailed to an address, oldest first. */
export async function codesMailedTo(gateway: TestGateway, address: string): Promise<readonly string[]> {
  const mails = await gateway.mailTo(address)
  return mails.filter(isMessage('email-code')).flatMap(({ text }) => /\b\d{6}\b/.exec(text) ?? [])
}

export async function mailedCode(gateway: TestGateway, address: string): Promise<string> {
  const code = (await codesMailedTo(gateway, address)).at(-1)
  if (code === undefined) throw new Error('no code was mailed there')
  return code
}

/** Begins to enrol a mailbox; the challenge expects the code that is mailed there. */
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

/** A new account that has signed in and enrolled a mailbox besides the account's own. */
export async function withMailbox(gateway: TestGateway, address?: string): Promise<PersonWithMailbox> {
  const email = await registered(gateway)
  const { client } = await signIn(gateway, email)
  return { email, client, ...(await enrollEmail(gateway, client, address ?? `codes.${email}`)) }
}

/** A code of six digits that is none of these. */
export function otherCode(codes: readonly string[], nth = 0): string {
  const candidates = Array.from({ length: nth + codes.length + 1 }, (_, index) => String(100_000 + index))
  return candidates.filter((code) => !codes.includes(code))[nth] ?? ''
}
