import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'
import {
  BeginAuthenticationDocument,
  CreateServiceKeyDocument,
  EnrollFactorDocument,
  type BeginAuthenticationInput,
  type BeginAuthenticationMutation,
  type CreateServiceKeyInput,
  type ReportedDeviceInput,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import type { AuditAction, AuditEvent } from '../../src/audit/index.js'
import { createClient, dataOf, type Answer, type Client } from './client.js'
import { ADMIN, type TestGateway } from './gateway.js'
import {
  answer,
  authenticatorOf,
  passedOf,
  stepUp,
  withTotp,
  type Authenticator,
  type PersonWithFactor,
} from './person.js'

/* Backends with a login of their own. */

export const AUDIENCE = 'https://shop.example'
export const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
export const DEVICE: ReportedDeviceInput = { ip: '198.51.100.7', userAgent: AGENT, acceptLanguage: 'en' }

type Begun = BeginAuthenticationMutation['beginAuthentication']
type Overrides = Partial<BeginAuthenticationInput>

/** A backend with its key. */
export interface Backend {
  readonly keyId: string
  readonly secret: string
  readonly client: Client
  send(subject: string, over?: Overrides): Promise<Answer<BeginAuthenticationMutation>>
  /** Begins an authentication that is expected to succeed. */
  begin(subject: string, over?: Overrides): Promise<Begun>
  /** Acts for the session of a token. */
  actingFor(token: string | null | undefined): Client
}

/** An operator of the gateway who proved a second factor just now. */
export const newOperator = (gateway: TestGateway): Promise<PersonWithFactor> => withTotp(gateway, ADMIN)

export const keyInput = (over: Partial<CreateServiceKeyInput> = {}): CreateServiceKeyInput => ({
  name: 'Shop backend',
  tenant: 'shop',
  audience: AUDIENCE,
  scopes: ['AUTHENTICATE', 'READ_SUBJECTS'],
  ...over,
})

export async function newBackend(
  gateway: TestGateway,
  { client, authenticator }: PersonWithFactor,
  over: Partial<CreateServiceKeyInput> = {},
): Promise<Backend> {
  await stepUp(gateway, client, authenticator)
  const made = dataOf(await client.send(CreateServiceKeyDocument, { input: keyInput(over) })).createServiceKey
  return backendOf(gateway, made.secret, made.key.id)
}

export const withKey = (gateway: { readonly url: string }, secret: string, headers: Record<string, string> = {}) =>
  createClient(gateway.url, { userAgent: 'backend/1', headers: { authorization: `Bearer ${secret}`, ...headers } })

export function backendOf(gateway: TestGateway, secret: string, keyId = ''): Backend {
  const client = withKey(gateway, secret)
  const send = (subject: string, over: Overrides = {}) => {
    const input = { subject, email: `${subject}@people.example`, amr: ['pwd'], device: DEVICE, ...over }
    return client.send(BeginAuthenticationDocument, { input })
  }
  return {
    keyId,
    secret,
    client,
    send,
    begin: async (subject, over) => dataOf(await send(subject, over)).beginAuthentication,
    actingFor: (token) => withKey(gateway, secret, { 'stepgate-session': token ?? '' }),
  }
}

/** One of the backend's people, who enrols an authenticator app in an authentication. */
export async function enrolled(gateway: TestGateway, backend: Backend, subject: string) {
  const begun = await backend.begin(subject, { intent: 'ENROLL', nonce: 'first' })
  const acting = backend.actingFor(begun.pendingToken)
  const { authenticator, passed } = await enrollApp(gateway, acting)
  return { subject, authenticator, passed }
}

export async function enrollApp(gateway: TestGateway, client: Client) {
  const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
  const { factor, challenge, totp } = enrollFactor
  if (!challenge || !totp) throw new Error('an enrolment without challenge or seed')
  const authenticator: Authenticator = authenticatorOf(gateway, factor.id, totp.secret)
  const passed = passedOf(await answer(client, challenge.id, authenticator.code()))
  gateway.clock.advance(30)
  return { authenticator, passed }
}

/** Verifies a proof as a backend does: with the published keys, for its own audience. */
export async function checked(
  gateway: TestGateway,
  proof: string | null | undefined,
  audience = AUDIENCE,
): Promise<JWTPayload> {
  const published = await fetch(`${gateway.url}/.well-known/jwks.json`)
  const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)
  const { payload } = await jwtVerify(proof ?? '', keys, {
    algorithms: ['EdDSA'],
    typ: 'proof+jwt',
    audience,
    currentDate: gateway.clock.now(),
  })
  return payload
}

/** Every event of these actions, oldest first. */
export async function eventsNamed(
  gateway: Pick<TestGateway, 'store'>,
  ...actions: readonly AuditAction[]
): Promise<readonly AuditEvent[]> {
  const log = createAuditRepository(gateway.store)
  return log.find({ filter: { actions }, order: 'OLDEST_FIRST', limit: 10_000 })
}
