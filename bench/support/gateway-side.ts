import { generateSync } from 'otplib'
import {
  EnrollFactorDocument,
  ForgetAllDevicesDocument,
  MeDocument,
  MyDevicesDocument,
  MySessionsDocument,
  SignInDocument,
  SignOutDocument,
  SignUpDocument,
  VerifyChallengeDocument,
  VerifyEmailDocument,
  type MeQuery,
  type MyDevicesQuery,
  type MySessionsQuery,
  type SignInMutation,
  type VerifyChallengeMutation,
} from '../../schema/generated/graphql.js'
import { createClient, dataOf, type Client } from '../../test/support/client.js'
import { until, type Mail, type StoreKind } from '../../test/support/gateway.js'
import { startChild, type ChildServer } from './child.js'
import { createCaller } from './http-caller.js'
import { runningClock } from './running-clock.js'
import { crowdOf, type Side, type Walker } from './walker.js'

export const PASSWORD = 'a rather long passphrase'
export const SESSION_COOKIE = 'stepgate-session'
const NEXT_CODE_SECONDS = 31

export const startGatewayChild = (store: StoreKind): Promise<ChildServer> =>
  startChild(new URL('./gateway-child.ts', import.meta.url), store)

/** People of a gateway, who have all enrolled an authenticator app. Each browser is a device of its own. */
export async function gatewaySide(server: ChildServer, people: number, keepsSessions: boolean): Promise<Side> {
  const clock = runningClock()
  const habits = { now: () => Math.floor(clock.now().getTime() / 1000), keepsSessions }
  return {
    server,
    people: await crowdOf(people, (email) => walkerOf(server.url, email, habits)),
    rest: async () => clock.advance(await server.ask('advance', NEXT_CODE_SECONDS)),
  }
}

interface Habits {
  readonly now: () => number
  /** Whether earlier sessions and devices stay when the person signs in again. */
  readonly keepsSessions: boolean
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

/** What a browser sends in one flow: the password, the code along with the challenge it answers, and who is signed in. */
async function walkerOf(url: string, email: string, { now, keepsSessions }: Habits): Promise<Walker> {
  const { client, factorId, secret } = await enrolled(url, email, now)
  dataOf(await client.send(ForgetAllDevicesDocument))
  dataOf(await client.send(SignOutDocument))
  const caller = createCaller(url)
  const send = async <Data>(document: { toString(): string }, input?: object): Promise<Data> =>
    (await caller.post<{ data: Data }>('/graphql', { query: document.toString(), variables: { input } })).data
  let mfaToken = ''
  return {
    signIn: async () => {
      caller.forget()
      const { signIn } = await send<SignInMutation>(SignInDocument, { email, password: PASSWORD, transport: 'COOKIE' })
      if (signIn.__typename !== 'MfaRequired')
        throw new Error(`nobody was asked for a second factor: ${signIn.__typename}`)
      mfaToken = signIn.stepUp.mfaToken
    },
    verify: async () => {
      const input = { mfaToken, factorId, code: generateSync({ secret, epoch: now() }) }
      const { verifyChallenge } = await send<VerifyChallengeMutation>(VerifyChallengeDocument, input)
      if (verifyChallenge.__typename !== 'ChallengePassed') throw new Error(verifyChallenge.code)
    },
    check: async () => {
      const { me } = await send<MeQuery>(MeDocument)
      if (me.email !== email) throw new Error('nobody is signed in')
    },
    leave: async () => {
      if (keepsSessions) return
      await send(ForgetAllDevicesDocument)
      await send(SignOutDocument)
    },
    sessions: async () => {
      const { mySessions } = await send<MySessionsQuery>(MySessionsDocument)
      const { myDevices } = await send<MyDevicesQuery>(MyDevicesDocument)
      return Math.min(mySessions.length, myDevices.length)
    },
  }
}
