import {
  BeginPasskeySignInDocument,
  EnrollFactorDocument,
  SignInWithPasskeyDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY } from './answers.js'
import { codeOf, dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { passedOf, registered, signIn } from './person.js'
import { softPasskey, type SaysOfNew, type SoftPasskey, type SoftPasskeySettings } from './soft-passkey.js'

/** The page that requests passkeys in tests; the gateway's settings allow it. */
export const ORIGIN = 'http://localhost:4000'
export const PASSKEY_ENV = {
  ...ROOMY,
  STEPGATE_WEBAUTHN_ORIGINS: ORIGIN,
  STEPGATE_WEBAUTHN_RP_ID: 'localhost',
  STEPGATE_PASSKEY_LIMIT_ADDRESS: '100000/900',
}

export interface PersonWithPasskey {
  readonly email: string
  /** Signed in, with the passkey proved just now. */
  readonly client: Client
  readonly passkey: SoftPasskey
  readonly factorId: string
  readonly accountId: string
}

/** A new account that has signed in and enrolled a passkey. */
export async function withPasskey(
  gateway: TestGateway,
  settings: Partial<SoftPasskeySettings> = {},
): Promise<PersonWithPasskey> {
  const email = await registered(gateway)
  const { client } = await signIn(gateway, email)
  const passkey = softPasskey({ origin: ORIGIN, ...settings })
  const { factorId } = await enrollPasskey(client, passkey)
  return { email, client, passkey, factorId, accountId: passkey.userHandle }
}

/** Begins to enrol a passkey: the challenge and the options for the browser. */
export async function beginPasskey(client: Client, replaces: string | null = null) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'WEBAUTHN', replaces } }))
  const { factor, challenge, webauthn } = enrollFactor
  if (!challenge || !webauthn) throw new Error('an enrolment without challenge or options')
  return { factorId: factor.id, challengeId: challenge.id, options: webauthn.creationOptions as object }
}

export async function enrollPasskey(client: Client, passkey: SoftPasskey, says: SaysOfNew = {}) {
  const { factorId, challengeId, options } = await beginPasskey(client)
  const passed = passedOf(dataOf(await sendPasskey(client, challengeId, passkey.create(options, says))).verifyChallenge)
  return { factorId, passed }
}

export const sendPasskey = (client: Client, challengeId: string, webauthn: string) =>
  client.send(VerifyChallengeDocument, { input: { challengeId, webauthn } })

/** Options for a sign-in with any passkey. */
export async function passkeyOptions(client: Client): Promise<object> {
  return dataOf(await client.send(BeginPasskeySignInDocument)).beginPasskeySignIn.requestOptions
}

export const presentPasskey = (client: Client, webauthn: string, transport: 'COOKIE' | 'BEARER' = 'COOKIE') =>
  client.send(SignInWithPasskeyDocument, { input: { webauthn, transport } })

/** The outcome of a sign-in with a passkey, in one word: `SignedIn`, or the code of the refusal. */
export async function triedPasskey(client: Client, webauthn: string): Promise<string> {
  const answer = await presentPasskey(client, webauthn)
  return answer.data?.signInWithPasskey.__typename ?? codeOf(answer) ?? 'NOTHING'
}
