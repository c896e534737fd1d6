import { hashForTests } from './hash-for-tests.js'
import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'
import type { Actor, FactorSummary, ServiceActor, SessionActor } from '../../src/kernel/actor.js'
import { movableClock, secondsAfter, type MovableClock } from '../../src/kernel/clock.js'
import { USUAL_ASSURANCES, type FactorProof } from '../../src/kernel/assurance.js'
import type { FactorType } from '../../src/kernel/factor-type.js'
import type { AccountId, FactorId, ServiceKeyId, SessionId } from '../../src/kernel/ids.js'
import { Refusal } from '../../src/kernel/refusal.js'
import type { RequestContext } from '../../src/kernel/request-context.js'
import type { StepUp } from '../../src/kernel/step-up.js'
import { inEnglish } from '../../src/messages/index.js'
import type { StepUpWords } from '../../src/policy/step-up-sentence.js'
import {
  createDocumentReader,
  createPolicy,
  guardTypeDefs,
  protectSchema,
  USUAL_DOCUMENT_LIMITS,
  type Policy,
  type PolicyDeps,
  type RefusalRecord,
  type StepUpRequest,
} from '../../src/policy/index.js'
import type { PersonalSettings } from '../../src/policy/access-question.js'
import { schemaOf, type Resolvers } from '../../bench/support/schema-of.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

export const NOW = new Date('2030-01-01T12:00:00Z')

export const SETTINGS: PersonalSettings & StepUpWords = {
  inEnglish,
  mfaPolicy: 'OPTIONAL',
  enabledFactors: ['TOTP', 'SMS', 'EMAIL', 'WEBAUTHN', 'PUSH'],
  enrollable: ['TOTP', 'SMS', 'EMAIL', 'WEBAUTHN', 'PUSH'],
  recoveryCodes: true,
  vouching: [],
  session: null,
  rememberedDevices: true,
  riskProofSeconds: 300,
  assurances: USUAL_ASSURANCES,
}

/** A factor's id is the name of its type, so that tests can match proofs to factors. */
export function factor(type: FactorType, over: Partial<FactorSummary> = {}): FactorSummary {
  const id = type as string as FactorId
  const activatedAt = secondsAfter(NOW, -86_400)
  const codesLeft = type === 'RECOVERY_CODE' ? 10 : null
  const times = { createdAt: activatedAt, activatedAt, lastUsedAt: null }
  return { id, type, name: `My ${type}`, status: 'ACTIVE', codesLeft, hint: null, expiresAt: null, ...times, ...over }
}

export function proof(type: FactorType, secondsAgo: number): FactorProof {
  return { factorId: type as string as FactorId, type, provedAt: secondsAfter(NOW, -secondsAgo), methods: null }
}

export function session(over: Partial<SessionActor> = {}): SessionActor {
  return Object.freeze({
    kind: 'session' as const,
    accountId: 'account' as AccountId,
    sessionId: 'session' as SessionId,
    deviceId: null,
    state: 'active' as const,
    admits: null,
    choosing: false,
    roles: [],
    signedInAt: secondsAfter(NOW, -7200),
    proofs: [],
    operationProof: null,
    factors: [],
    reEnrollSince: null,
    mfaRules: OPEN_RULES,
    rememberedWith: null,
    onRememberedDevice: false,
    organizationId: null,
    memberships: {},
    ...over,
  })
}

export const SERVICE: ServiceActor = {
  kind: 'service',
  keyId: 'key' as ServiceKeyId,
  tenant: 'shop',
  audience: 'https://shop.example',
  scopes: ['AUTHENTICATE'],
}

export function contextOf(actor: Actor): RequestContext {
  return {
    requestId: 'request',
    actor,
    viewer: null,
    origin: {
      address: '192.0.2.1',
      userAgent: 'test',
      clientHints: { brands: '', mobile: '', platform: '' },
      language: 'en',
    },
    jar: {
      setSession: () => undefined,
      clearSession: () => undefined,
      deviceToken: () => null,
      deviceProof: () => null,
      linkClient: () => null,
      setLinkClient: () => undefined,
      setDevice: () => undefined,
      clearDevice: () => undefined,
    },
    operation: null,
    access: null,
    say: ({ id }) => inEnglish(id),
    isGone: () => false,
    afterAnswer: () => undefined,
  }
}

export interface PolicyUnderTest {
  readonly schema: GraphQLSchema
  readonly policy: Policy
  readonly clock: MovableClock
  readonly opened: StepUpRequest[]
  readonly recorded: RefusalRecord[]
  /** Authorizes and executes, as the server does. A refusal becomes an error of the whole operation. */
  run(actor: Actor, query: string, options?: RunOptions): Promise<ExecutionResult>
  /** The policy's refusal, or null if the operation is allowed. */
  refusal(actor: Actor, query: string, options?: RunOptions): Promise<Refusal | null>
}

export interface RunOptions {
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
  readonly context?: RequestContext
}

/** A policy for a schema in SDL (the directive is added), with ports that record their calls. */
export function policyOver(
  sdl: string,
  resolvers: Resolvers<RequestContext> = {},
  deps: Partial<PolicyDeps> = {},
): PolicyUnderTest {
  const clock = movableClock(NOW)
  const opened: StepUpRequest[] = []
  const recorded: RefusalRecord[] = []
  const { schema, table } = protectSchema(schemaOf(`${guardTypeDefs}\n${sdl}`, resolvers))
  const policy = createPolicy({
    hashOperation: hashForTests,
    schema,
    table,
    documents: createDocumentReader({ schema, table, limits: USUAL_DOCUMENT_LIMITS, introspection: true }),
    clock,
    settings: SETTINGS,
    stepUps: {
      open: async (request) => {
        opened.push(request)
        return { mfaToken: 'mfa-token', expiresAt: secondsAfter(clock.now(), 300) }
      },
    },
    risk: { assess: async () => null },
    operationProofs: { spend: async () => true },
    refusals: {
      record: async (refusal) => {
        recorded.push(refusal)
        return null
      },
    },
    ...deps,
  })
  const authorize = async (actor: Actor, query: string, options: RunOptions) => {
    const document = parse(query)
    expect(validate(schema, document)).toEqual([])
    const context = options.context ?? contextOf(actor)
    await policy.authorize({ document, ...options, context })
    return { document, context }
  }
  return {
    schema,
    policy,
    clock,
    opened,
    recorded,
    run: async (actor, query, options = {}) => {
      try {
        const { document, context } = await authorize(actor, query, options)
        const { variables, operationName } = options
        return await execute({ schema, document, contextValue: context, variableValues: variables, operationName })
      } catch (error) {
        if (error instanceof Refusal) return { errors: [error] }
        throw error
      }
    },
    refusal: async (actor, query, options = {}) => {
      try {
        await authorize(actor, query, options)
        return null
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    },
  }
}

export const codesOf = (result: ExecutionResult): unknown[] =>
  (result.errors ?? []).map(({ extensions }) => extensions['code'])

export const stepUpOf = (refusal: Refusal | null): StepUp => refusal?.extensions['stepUp'] as StepUp
