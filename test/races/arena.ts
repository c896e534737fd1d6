import { generateSync } from 'otplib'
import {
  EnrollFactorDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
  type SessionTransport,
} from '../../schema/generated/graphql.js'
import type { Store } from '../../src/store/index.js'
import { bearer, sendCode, verdictOf } from '../support/answers.js'
import { createClient, dataOf, type Client } from '../support/client.js'
import { PASSWORD } from '../support/person.js'

/** Where races are run: one installation behind one or two addresses. */
export interface Arena {
  /** The gateways, each at its own address; the first sends the mail. */
  readonly urls: readonly [string, ...string[]]
  readonly store: Store
  /** Those of the installation, as in `STEPGATE_KEYS`. */
  readonly keys: string
  now(): Date
  linkTokenFor(address: string): Promise<string>
  close(): Promise<void>
}

/** An authenticator app whose code of this time step is still unused. */
export interface FreshApp {
  readonly factorId: string
  code(): string
  wrongCode(nth: number): string
}

export interface Racer {
  readonly email: string
  readonly client: Client
  readonly app: FreshApp
  readonly recoveryCodes: readonly string[]
  /** For bearer sessions. */
  readonly refreshToken: string | null
}

const STEP_MILLISECONDS = 30_000
const ROOM_MILLISECONDS = 8_000
let racers = 0

/** A new account with an authenticator app, signed in at the first gateway. */
export async function racer(arena: Arena, transport: SessionTransport = 'COOKIE'): Promise<Racer> {
  const email = `racer${(racers += 1)}@example.com`
  const [url] = arena.urls
  const visitor = createClient(url)
  dataOf(await visitor.send(SignUpDocument, { input: { email, password: PASSWORD } }))
  const token = await arena.linkTokenFor(email)
  dataOf(await visitor.send(VerifyEmailDocument, { input: { token } }))
  const { signIn } = dataOf(await visitor.send(SignInDocument, { input: { email, password: PASSWORD, transport } }))
  if (signIn.__typename !== 'MfaEnrollmentRequired') throw new Error(`an unexpected sign-in: ${signIn.__typename}`)
  const client = signIn.pendingToken ? bearer({ url }, signIn.pendingToken) : visitor
  await roomInTimeStep(arena)
  const { app, passed } = await enroll(arena, client)
  const tokens = passed.tokens
  return {
    email,
    client: tokens ? bearer({ url }, tokens.accessToken) : client,
    app,
    recoveryCodes: passed.recoveryCodes ?? [],
    refreshToken: tokens?.refreshToken ?? null,
  }
}

/** Enrols an app with the code of the previous time step, so that the current code is still unused. */
export async function enroll(arena: Arena, client: Client) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
  const secret = enrollFactor.totp?.secret ?? ''
  const codeAt = (offset: number) => {
    const epoch = Math.floor((arena.now().getTime() + offset * STEP_MILLISECONDS) / 1000)
    return generateSync({ secret, epoch })
  }
  const answer = await sendCode(client, enrollFactor.challenge?.id ?? '', codeAt(-1))
  const passed = answer.data?.verifyChallenge
  if (passed?.__typename !== 'ChallengePassed') throw new Error(`the enrolment failed: ${verdictOf(answer)}`)
  const app: FreshApp = {
    factorId: enrollFactor.factor.id,
    code: () => codeAt(0),
    wrongCode: (nth) => codeAt(100 + nth),
  }
  return { app, passed }
}

/** A race by the machine's clock must not cross the end of a time step; a fixed clock always has room. */
async function roomInTimeStep(arena: Arena): Promise<void> {
  const start = arena.now().getTime()
  const left = STEP_MILLISECONDS - (start % STEP_MILLISECONDS)
  if (left >= ROOM_MILLISECONDS) return
  await new Promise((resolve) => setTimeout(resolve, 5))
  if (arena.now().getTime() === start) return
  await new Promise((resolve) => setTimeout(resolve, left))
}

/** As many copies of a client as there are calls, spread across the gateways. */
export function spread(arena: Arena, client: Client, calls: number): readonly Client[] {
  return Array.from({ length: calls }, (_, nth) => client.at(arena.urls[nth % arena.urls.length] ?? arena.urls[0]))
}

export const count = (verdicts: readonly string[], verdict: string): number =>
  verdicts.filter((each) => each === verdict).length
