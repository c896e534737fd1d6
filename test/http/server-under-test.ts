import { connect } from 'node:net'
import { buildSchema, GraphQLError, type GraphQLFieldResolver } from 'graphql'
import type { AccountId, FactorId, SessionId } from '../../src/kernel/ids.js'
import { ANONYMOUS, type SessionActor } from '../../src/kernel/actor.js'
import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import type { Logger } from '../../src/kernel/logger.js'
import { refuse, refuseUntil } from '../../src/kernel/refusal.js'
import type { RequestContext, RequestOrigin } from '../../src/kernel/request-context.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import {
  createHttpServer,
  type HttpPorts,
  type OperationToAuthorize,
  type PresentedCredential,
} from '../../src/http/index.js'
import { readConfig } from '../../src/config/index.js'
import { createSentences } from '../../src/messages/index.js'
import { createDocumentReader, type DocumentReaderDeps } from '../../src/policy/document-reader.js'
import { DEFAULT_REQUIREMENT } from '../../src/policy/requirement.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

export const ORIGIN = 'http://localhost:4000'
export const CANARY = 'canary-7f3a9'
export const ACCOUNT = 'accountaccountaccount1' as AccountId
export const START = new Date('2026-05-04T10:00:00Z')

const SDL = /* GraphQL */ `
  enum Colour {
    RED
    GREEN
  }
  input Wish {
    colour: Colour
    words: [String!]
  }
  type Person {
    id: ID!
    name: String
    secretName: String
    friends(first: Int): [Person!]
    strangers: [Person!]
  }
  type PersonEdge {
    node: Person!
  }
  type People {
    edges: [PersonEdge!]
  }
  type Query {
    hello(name: String = "you", wish: Wish): String
    me: Person
    people(first: Int): People
    slow: String
    fault: String
    unavailable: String
    leaky: String
    required: String!
  }
  type Mutation {
    signIn(email: String!, password: String!): String
    verifyChallenge(code: String!): String
    signOut: Boolean
    rename(name: String!): String
    limited: String
    wrongCode: String
  }
  type Subscription {
    ticks: Int
  }
`

type Context = RequestContext<{ readonly name: string }>
type Resolver = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>

export interface Seen {
  readonly credentials: (PresentedCredential | null)[]
  readonly origins: RequestOrigin[]
  readonly authorized: OperationToAuthorize<{ readonly name: string }>[]
  /** Names of the root fields whose resolvers ran. */
  readonly executed: string[]
  readonly logs: { readonly level: string; readonly fields: Record<string, unknown>; readonly message: string }[]
}

export interface ServerUnderTest {
  readonly url: string
  readonly seen: Seen
  /** POSTs a document like a browser on the allowed origin. */
  post(query: string, options?: PostOptions): Promise<Answer>
  close(): Promise<void>
}

export interface PostOptions {
  readonly variables?: unknown
  readonly operationName?: unknown
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly { message: string; extensions: Record<string, unknown>; path?: unknown }[]
  readonly code: unknown
}

export interface Options extends Partial<Omit<HttpPorts<{ readonly name: string }>, 'config'>> {
  readonly environment?: Record<string, string>
  readonly resolvers?: Readonly<Record<string, Resolver>>
}

const PRODUCTION_ENVIRONMENT = {
  NODE_ENV: 'production',
  STEPGATE_PUBLIC_URL: 'https://auth.example.com',
  STEPGATE_ALLOWED_ORIGINS: 'https://app.example.com',
  STEPGATE_SMTP_URL: 'smtps://mail.example.com',
}
export const PRODUCTION = { environment: PRODUCTION_ENVIRONMENT }

const AUTHENTICATIONS = ['Mutation.signIn', 'Mutation.verifyChallenge']
const TABLE: DocumentReaderDeps['table'] = {
  requirementOf: (typeName, fieldName) => {
    const authentication = AUTHENTICATIONS.includes(`${typeName}.${fieldName}`)
    return { ...DEFAULT_REQUIREMENT, access: 'PUBLIC', authentication }
  },
}

export async function startServer(options: Options = {}): Promise<ServerUnderTest> {
  const { environment = {}, resolvers = {}, ...ports } = options
  const seen: Seen = { credentials: [], origins: [], authorized: [], executed: [], logs: [] }
  const defaults: Record<string, string> = { PORT: '0', STEPGATE_PUBLIC_URL: ORIGIN, STEPGATE_DRAIN_TIMEOUT: '2' }
  const config = readConfig({ ...defaults, ...environment })
  const schema = schemaWith(seen, resolvers)
  const { introspection } = config.server
  const server = await createHttpServer<{ readonly name: string }>({
    config,
    logger: recordingLogger(seen),
    clock: movableClock(START),
    sentences: createSentences({ language: 'en' }),
    schema,
    documents: createDocumentReader({ schema, table: TABLE, limits: config.documents, introspection }),
    identify: (credential, { origin }) => {
      seen.credentials.push(credential)
      seen.origins.push(origin)
      const known = credential?.token === 'good-token'
      return Promise.resolve(known ? { actor: ACTOR, viewer: { name: 'Ada' } } : { actor: ANONYMOUS, viewer: null })
    },
    authorize: (operation) => {
      seen.authorized.push(operation)
      return Promise.resolve()
    },
    readiness: () => Promise.resolve(true),
    jwks: () => Promise.resolve({ keys: [] }),
    ...ports,
  })
  const running = await server.listen()
  return {
    url: running.url,
    seen,
    close: () => running.close(),
    post: async (query, { headers = {}, ...rest } = {}) =>
      answerOf(
        await fetch(`${running.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
          body: JSON.stringify({ query, ...rest }),
        }),
      ),
  }
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const body = text.startsWith('{')
    ? (JSON.parse(text) as { data?: Record<string, unknown>; errors?: Answer['errors'] })
    : {}
  const errors = body.errors ?? []
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: body.data,
    errors,
    code: errors[0]?.extensions['code'],
  }
}

/** Sends raw bytes and reads until the server closes the connection. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
}

const ACTOR: SessionActor = {
  kind: 'session',
  accountId: ACCOUNT,
  sessionId: 'sessionsessionsession1' as SessionId,
  state: 'active',
  admits: null,
  choosing: false,
  deviceId: null,
  roles: [],
  signedInAt: START,
  proofs: [],
  operationProof: null,
  factors: [
    {
      id: 'factorfactorfactorfac1' as FactorId,
      type: 'TOTP',
      name: 'Phone',
      status: 'ACTIVE',
      createdAt: START,
      activatedAt: START,
      lastUsedAt: null,
      codesLeft: null,
      hint: null,
      expiresAt: null,
    },
  ],
  reEnrollSince: null,
  mfaRules: OPEN_RULES,
  rememberedWith: null,
  onRememberedDevice: false,
  organizationId: null,
  memberships: {},
}

function recordingLogger(seen: Seen): Logger {
  const at =
    (level: string) =>
    (fields: object, message: string): void =>
      void seen.logs.push({ level, fields: { ...fields }, message })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

const PERSON = { id: '1', name: 'Ada', friends: [], strangers: [] }

const RESOLVERS: Readonly<Record<string, Resolver>> = {
  hello: (_, { name }) => `hello ${String(name)}`,
  me: (_source, _args, context) => ({ ...PERSON, name: context.viewer?.name ?? null }),
  people: () => ({ edges: [{ node: PERSON }] }),
  slow: () => 'done',
  fault: () => {
    throw new Error(CANARY)
  },
  unavailable: () => {
    throw new Unavailable('store')
  },
  leaky: () => {
    throw new GraphQLError(CANARY, { extensions: { code: 'BAD_USER_INPUT', detail: CANARY } })
  },
  required: () => null,
  signIn: (_source, _args, { jar }) => {
    jar.setSession({ token: 'pending-token', expiresAt: secondsAfter(START, 600) })
    jar.setSession({ token: 'good-token', expiresAt: secondsAfter(START, 3600) })
    jar.setDevice(ACCOUNT, { token: 'device.secret', expiresAt: secondsAfter(START, 86_400) })
    return 'signed in'
  },
  signOut: (_source, _args, { jar }) => {
    jar.clearSession()
    jar.clearDevice(ACCOUNT)
    return true
  },
  verifyChallenge: () => 'verified',
  rename: (_, { name }) => String(name),
  limited: () => {
    throw refuseUntil('RATE_LIMITED', 42)
  },
  wrongCode: () => {
    throw refuse('CODE_INVALID')
  },
}

function schemaWith(seen: Seen, resolvers: Readonly<Record<string, Resolver>>): ReturnType<typeof buildSchema> {
  const schema = buildSchema(SDL)
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      field.resolve = (source: unknown, args: Record<string, unknown>, context: Context, info) => {
        seen.executed.push(field.name)
        return (resolvers[field.name] ?? RESOLVERS[field.name])?.(source, args, context, info)
      }
    }
  }
  return schema
}
