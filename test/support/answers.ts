import {
  ChallengeFactorDocument,
  SignInDocument,
  VerifyChallengeDocument,
  type ChallengeFactorMutation,
  type SessionTransport,
  type VerifyChallengeMutation,
} from '../../schema/generated/graphql.js'
import type { FactorId } from '../../src/kernel/ids.js'
import type { AuditAction, AuditEvent } from '../../src/audit/index.js'
import type { Factor } from '../../src/factors/index.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { openPeople, type PersonDocument } from '../../src/store/person-document.js'
import { codeOf, dataOf, type Answer, type Client } from './client.js'
import { createClient } from './client.js'
import type { TestGateway } from './gateway.js'
import { PASSWORD, type Authenticator } from './person.js'

/** Limits that do not get in the way of tests, which all come from one address and do much in one sign-in. */
export const ROOMY = {
  STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '100000/3600',
  STEPGATE_SIGN_IN_LIMIT_ADDRESS: '100000/900',
  STEPGATE_SIGN_IN_LIMIT_NETWORK: '100000/900',
  STEPGATE_MESSAGE_LIMIT_ADDRESS: '100000/900',
  STEPGATE_CHANGE_LIMIT_SIGN_IN: '100000/900',
}

type Challenge = ChallengeFactorMutation['challengeFactor']

/** Starts a challenge about a factor; the answer may be a refusal. */
export function ask(client: Client, factorId: string, mfaToken: string | null = null) {
  return client.send(ChallengeFactorDocument, { input: { factorId, mfaToken } })
}

/** Starts a challenge that is expected to succeed. */
export async function challenged(client: Client, factorId: string, mfaToken: string | null = null): Promise<Challenge> {
  return dataOf(await ask(client, factorId, mfaToken)).challengeFactor
}

export function sendCode(client: Client, challengeId: string, code: string) {
  return client.send(VerifyChallengeDocument, { input: { challengeId, code } })
}

/** The outcome of an answer, in one word: `PASSED`, or the code of the failure or refusal. */
export function verdictOf(answer: Answer<VerifyChallengeMutation>): string {
  const result = answer.data?.verifyChallenge
  if (!result) return codeOf(answer) ?? 'NOTHING'
  return result.__typename === 'ChallengePassed' ? 'PASSED' : result.code
}

/** Answers a challenge and returns the outcome in one word. */
export async function guess(client: Client, challengeId: string, code: string): Promise<string> {
  return verdictOf(await sendCode(client, challengeId, code))
}

/** A code of six digits that the app shows neither now nor in the previous step. */
export function wrongCode(authenticator: Authenticator, gateway: TestGateway, nth = 0): string {
  const right = authenticator.code()
  gateway.clock.advance(-30)
  const before = authenticator.code()
  gateway.clock.advance(30)
  const candidates = Array.from({ length: nth + 3 }, (_, index) => String(100_000 + index))
  return candidates.filter((code) => code !== right && code !== before)[nth] ?? ''
}

/** A recovery code that no account has: the chance is one in 2^80. */
export const wrongRecoveryCode = (nth = 0): string => `ZZZZ-ZZZZ-ZZZZ-${1000 + nth}`

/** A client whose sign-in waits for the second factor, with the token of that step-up and its factors. */
export async function pendingSignIn(
  gateway: Pick<TestGateway, 'client'>,
  email: string,
  transport: SessionTransport = 'COOKIE',
) {
  const client = gateway.client()
  const { signIn } = dataOf(await client.send(SignInDocument, { input: { email, password: PASSWORD, transport } }))
  if (signIn.__typename !== 'MfaRequired') throw new Error(`the sign-in does not wait: ${signIn.__typename}`)
  return { client, stepUp: signIn.stepUp }
}

/** The recovery codes among the factors that may answer a sign-in. */
export function recoveryOption(stepUp: { readonly challenge: readonly { factorId: string; type: string }[] }): string {
  const found = stepUp.challenge.find(({ type }) => type === 'RECOVERY_CODE')
  if (!found) throw new Error('recovery codes are not on offer')
  return found.factorId
}

/** A client with the access token of a bearer session. */
export const bearer = (gateway: { readonly url: string }, accessToken: string): Client =>
  createClient(gateway.url, { headers: { authorization: `Bearer ${accessToken}` } })

/** A person as stored. */
export async function storedPerson(gateway: Pick<TestGateway, 'store'>, email: string): Promise<PersonDocument> {
  const found = await openPeople(gateway.store).findOne({ emailKey: email })
  if (!found) throw new Error('no account has this address')
  return found
}

export async function storedFactor(
  gateway: Pick<TestGateway, 'store'>,
  email: string,
  factorId: string,
): Promise<Factor> {
  const { factors, enrollments } = await storedPerson(gateway, email)
  const waiting = Object.values(enrollments).find(({ id }) => id === factorId)
  const found = factors[factorId as FactorId] ?? waiting
  if (!found) throw new Error('there is no such factor')
  return found
}

/** The audit events of one kind about one account, oldest first. */
export async function eventsOf(
  gateway: Pick<TestGateway, 'store'>,
  email: string,
  action: AuditAction,
): Promise<AuditEvent[]> {
  const { _id } = await storedPerson(gateway, email)
  const log = createAuditRepository(gateway.store)
  const filter = { accountId: _id, actions: [action] }
  return log.find({ filter, order: 'OLDEST_FIRST', limit: 10_000 })
}

/** The text of an answer without the random id of a requested mail, for comparing answers. */
export const withoutRequestId = (text: string): string => text.replace(/(?<="requestId":")[\w-]{43}/, '…')
