import { generateSync } from 'otplib'
import {
  ChallengeFactorDocument,
  EnrollFactorDocument,
  SignInDocument,
  SignUpDocument,
  VerifyChallengeDocument,
  VerifyEmailDocument,
  type ChallengeFactorMutation,
  type SignInMutation,
  type VerifyChallengeMutation,
} from '../../schema/generated/graphql.js'
import { createClient, dataOf, type Client } from '../../test/support/client.js'
import { until, type Mail, type StoreKind } from '../../test/support/gateway.js'
import { startChild, type ChildServer } from './child.js'
import { createCaller } from './http-caller.js'
import { runningClock } from './running-clock.js'
import { crowdsOf, type CrowdSizes, type Side, type Walker } from './walker.js'

export const PASSWORD = 'a rather long passphrase'
export const SESSION_COOKIE = 'stepgate-session'
// The last session has been idle for too long: every person has to sign in again.
const HOUR_AND_A_BIT = 3_700

export const startGatewayChild = (store: StoreKind): Promise<ChildServer> =>
  startChild(new URL('./gateway-child.ts', import.meta.url), store)

/** A gateway with people who have all enrolled an authenticator app. */
export async function gatewaySide(store: StoreKind, sizes: CrowdSizes): Promise<Side> {
  const server = await startGatewayChild(store)
  const clock = runningClock()
  const now = (): number => Math.floor(clock.now().getTime() / 1000)
  const rest = async (): Promise<void> => {
    clock.advance(await server.ask('advance', HOUR_AND_A_BIT))
  }
  const crowd = await crowdsOf(sizes, async (email) => {
    const { factorId, secret } = await enrolled(server.url, email, now)
    return walkerOf(server.url, { email, factorId, code: () => generateSync({ secret, epoch: now() }) })
  })
  await rest()
  return { server, crowd, rest }
}

/** A new account, signed in, with a verified authenticator app. */
export async function enrolled(url: string, email: string, now = (): number => Math.floor(Date.now() / 1000)) {
  const client = await registeredAt(url, email)
  dataOf(await client.send(SignInDocument, { input: { email, password: PASSWORD, transport: 'COOKIE' } }))
  const { factorId, secret } = await enrollTotp(client, now)
  return { client, factorId, secret }
}

/** A new account, not signed in, and the client that made it. */
export async function registeredAt(url: string, email: string): Promise<Client> {
  const client = createClient(url)
  dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
  dataOf(await client.send(VerifyEmailDocument, { input: { token: await mailedToken(url, email) } }))
  return client
}

async function enrollTotp(client: Client, now: () => number) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
  const { factor, challenge, totp } = enrollFactor
  if (!challenge || !totp) throw new Error('an enrolment without challenge or seed')
  const code = generateSync({ secret: totp.secret, epoch: now() })
  const input = { challengeId: challenge.id, code, rememberDevice: false }
  const { verifyChallenge } = dataOf(await client.send(VerifyChallengeDocument, { input }))
  if (verifyChallenge.__typename !== 'ChallengePassed') throw new Error(verifyChallenge.code)
  return { factorId: factor.id, secret: totp.secret }
}

function mailedToken(url: string, email: string): Promise<string> {
  return until(async () => {
    const response = await fetch(`${url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly Mail[] }
    const text = messages.findLast((mail) => mail.to === email)?.text
    return /\/confirm#token=(\S+)/.exec(text ?? '')?.[1] ?? null
  })
}

interface Enrolled {
  readonly email: string
  readonly factorId: string
  code(): string
}

function walkerOf(url: string, { email, factorId, code }: Enrolled): Walker {
  const caller = createCaller(url, SESSION_COOKIE)
  const send = async <Data>(document: { toString(): string }, input: object): Promise<Data> => {
    const body = JSON.stringify({ query: document.toString(), variables: { input } })
    return (await caller.post<{ data: Data }>('/graphql', body)).data
  }
  let mfaToken = ''
  let challengeId = ''
  return {
    signIn: async () => {
      caller.forget()
      const { signIn } = await send<SignInMutation>(SignInDocument, { email, password: PASSWORD, transport: 'COOKIE' })
      if (signIn.__typename !== 'MfaRequired')
        throw new Error(`nobody was asked for a second factor: ${signIn.__typename}`)
      mfaToken = signIn.stepUp.mfaToken
    },
    challenge: async () => {
      const data = await send<ChallengeFactorMutation>(ChallengeFactorDocument, { factorId, mfaToken })
      challengeId = data.challengeFactor.id
    },
    verify: async () => {
      const input = { challengeId, code: code(), rememberDevice: false }
      const { verifyChallenge } = await send<VerifyChallengeMutation>(VerifyChallengeDocument, input)
      if (verifyChallenge.__typename !== 'ChallengePassed') throw new Error(verifyChallenge.code)
    },
  }
}
