import { generateSync } from 'otplib'
import {
  EnrollFactorDocument,
  SignInDocument,
  SignUpDocument,
  VerifyChallengeDocument,
  VerifyEmailDocument,
  type SessionTransport,
  type VerifyChallengeMutation,
} from '../../schema/generated/graphql.js'
import { dataOf, type Client, type ClientOptions } from './client.js'
import type { TestGateway } from './gateway.js'

export const PASSWORD = 'a rather long passphrase'

/** The authenticator app of a person. */
export interface Authenticator {
  readonly factorId: string
  readonly secret: string
  /** The code it shows now. */
  code(): string
}

export interface PersonWithFactor {
  readonly email: string
  /** Signed in, with MFA proved just now. */
  readonly client: Client
  readonly authenticator: Authenticator
  readonly recoveryCodes: readonly string[]
}

let people = 0

/** A new account with a confirmed address, not signed in. */
export async function registered(gateway: TestGateway, email = `person${(people += 1)}@example.com`): Promise<string> {
  const client = gateway.client()
  const known = await gateway.linksTo(email)
  dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
  const token = await gateway.linkTokenFor(email, known)
  dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
  return email
}

export interface SignInOptions extends ClientOptions {
  readonly password?: string
  readonly transport?: SessionTransport
}

/** Signs in with a new client, or the given one, and returns both. */
export async function signIn(gateway: TestGateway, email: string, options: SignInOptions = {}, given?: Client) {
  const client = given ?? gateway.client(options)
  const { password = PASSWORD, transport = 'COOKIE' } = options
  const { signIn: result } = dataOf(await client.send(SignInDocument, { input: { email, password, transport } }))
  return { client, result }
}

/** A new account that has signed in and enrolled an authenticator app. */
export async function withTotp(gateway: TestGateway, email?: string): Promise<PersonWithFactor> {
  const address = await registered(gateway, email)
  const { client } = await signIn(gateway, address)
  const enrolled = await enrollTotp(gateway, client)
  return { email: address, client, ...enrolled }
}

/**
 * Enrols an authenticator app and proves it; the clock then moves to the next time step, so its next code is unused.
 */
export async function enrollTotp(gateway: TestGateway, client: Client, over: { readonly replaces?: string } = {}) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP', ...over } }))
  const { factor, challenge, totp } = enrollFactor
  if (!challenge || !totp) throw new Error('an enrolment without challenge or seed')
  const authenticator = authenticatorOf(gateway, factor.id, totp.secret)
  const passed = passedOf(await answer(client, challenge.id, authenticator.code()))
  gateway.clock.advance(30)
  return { authenticator, recoveryCodes: passed.recoveryCodes ?? [] }
}

export function authenticatorOf(gateway: TestGateway, factorId: string, secret: string): Authenticator {
  return {
    factorId,
    secret,
    code: () => generateSync({ secret, epoch: Math.floor(gateway.clock.now().getTime() / 1000) }),
  }
}

export async function answer(client: Client, challengeId: string, code: string, rememberDevice = false) {
  const sent = await client.send(VerifyChallengeDocument, { input: { challengeId, code, rememberDevice } })
  return dataOf(sent).verifyChallenge
}

type Passed = Extract<VerifyChallengeMutation['verifyChallenge'], { __typename: 'ChallengePassed' }>

export function passedOf(result: VerifyChallengeMutation['verifyChallenge']): Passed {
  if (result.__typename !== 'ChallengePassed') throw new Error(`the challenge was not passed: ${result.code}`)
  return result
}

/** Proves the authenticator again, for a pending sign-in or a step-up, and moves on to the next time step. */
export async function stepUp(
  gateway: TestGateway,
  client: Client,
  authenticator: Authenticator,
  options: { readonly mfaToken?: string; readonly rememberDevice?: boolean } = {},
): Promise<Passed> {
  const { factorId } = authenticator
  const input = { factorId, code: authenticator.code(), ...options }
  const passed = passedOf(dataOf(await client.send(VerifyChallengeDocument, { input })).verifyChallenge)
  gateway.clock.advance(30)
  return passed
}
