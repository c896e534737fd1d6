import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSync } from 'otplib'
import { createStepgate } from '../../src/index.js'

/*
 * For trying it out: a separate gateway, with an operator who creates a key. You need none of this if a gateway is
 * already running.
 */

const OPERATOR = { email: 'operator@example.com', password: 'an operator of the example' }

export interface OwnGateway {
  readonly url: string
  readonly serviceKey: string
  close(): Promise<void>
}

export async function startOwnGateway(audience: string): Promise<OwnGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-homegrown-'))
  const gateway = await createStepgate({
    PORT: '4100',
    STEPGATE_DATA_DIR: directory,
    STEPGATE_ADMINISTRATORS: OPERATOR.email,
    STEPGATE_LOG_LEVEL: 'error',
  })
  const server = await gateway.listen()
  const close = async (): Promise<void> => {
    await server.close()
    await gateway.close()
    await rm(directory, { recursive: true })
  }
  try {
    return { url: server.url, serviceKey: await makeKey(server.url, audience), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Does what an operator does by hand: signs up, enrols an authenticator app, creates a key. Creating keys requires a
 * fresh MFA.
 */
async function makeKey(url: string, audience: string): Promise<string> {
  const send = browserAt(url)
  await send(`mutation ($input: SignUpInput!) { signUp(input: $input) { accepted } }`, OPERATOR)
  const token = await mailedToken(url)
  await send(`mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { verified } }`, { token })
  await send(`mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }`, OPERATOR)
  const { enrollFactor } = await send<{ enrollFactor: { challenge: { id: string }; totp: { secret: string } } }>(
    `mutation ($input: EnrollFactorInput!) { enrollFactor(input: $input) { challenge { id } totp { secret } } }`,
    { type: 'TOTP' },
  )
  await send(`mutation ($input: VerifyChallengeInput!) { verifyChallenge(input: $input) { __typename } }`, {
    challengeId: enrollFactor.challenge.id,
    code: generateSync({ secret: enrollFactor.totp.secret }),
  })
  const { createServiceKey } = await send<{ createServiceKey: { secret: string } }>(
    `mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret } }`,
    { name: 'Shop', tenant: 'shop', audience, scopes: ['AUTHENTICATE', 'READ_SUBJECTS'] },
  )
  return createServiceKey.secret
}

/** A browser that keeps its cookies. */
function browserAt(url: string) {
  const cookies = new Map<string, string>()
  return async <T>(query: string, input: object): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: [...cookies.values()].join('; ') },
      body: JSON.stringify({ query, variables: { input } }),
    })
    for (const line of response.headers.getSetCookie()) cookies.set(line.split('=')[0] ?? '', line.split(';')[0] ?? '')
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown }
    if (!data || errors) throw new Error(`the gateway refused its operator: ${JSON.stringify(errors)}`)
    return data
  }
}

/** Mail leaves after the answer, so this polls until it is there. */
async function mailedToken(url: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await fetch(`${url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const token = /#token=([A-Za-z0-9_-]+)/.exec(await response.text())?.[1]
    if (token) return token
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the mail to the operator did not come')
}
