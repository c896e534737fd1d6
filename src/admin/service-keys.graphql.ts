import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { SERVICE_SCOPES } from '../kernel/access.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import type { AccountId } from '../kernel/ids.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { nameText, serviceKeyIdText } from '../kernel/text.js'
import {
  createServiceKey,
  revokeServiceKey,
  rotateServiceKey,
  type ChangeServiceKeysDeps,
  type CreateServiceKeyOutcome,
  type RotateServiceKeyOutcome,
} from '../service-keys/index.js'
import { findServiceKeys } from './find-service-keys.js'
import {
  CreateServiceKeyInputType,
  MadeServiceKeyPayload,
  RevokeServiceKeyPayload,
  ServiceKeyConnection,
} from './service-key.graphql.js'

const OPERATE: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.service-keys' }

const createInput = z.object({
  name: nameText,
  tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  audience: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  scopes: z
    .array(z.enum(SERVICE_SCOPES))
    .min(1)
    .max(10)
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: z.date().nullish(),
})
const rotateInput = z.object({ id: serviceKeyIdText, expiresAt: z.date().nullish() })
const idInput = z.object({ id: serviceKeyIdText })
const pageInput = z.object({
  first: z.number().int().min(1).max(100).nullish(),
  after: z.string().max(200).nullish(),
})

const NO_SUCH_KEY = 'service-key.unknown'

/** The keys of backends. */
@Resolver()
export class ServiceKeysResolver {
  constructor(private readonly deps: ChangeServiceKeysDeps) {}

  @Query(() => ServiceKeyConnection, { description: 'Service keys, newest first, including ended ones.' })
  @Guard(OPERATE)
  async serviceKeys(
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 by default.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: only keys after this one.' })
    after: string | null,
  ): Promise<ServiceKeyConnection> {
    const input = parseInput(pageInput, { first, after })
    const page = await findServiceKeys(this.deps, { first: input.first ?? 20, after: input.after ?? null })
    if (!page) throw badInput(['after'], 'cursor.connection')
    const edges = page.keys.map(({ cursor, key }) => ({ cursor, node: key }))
    const startCursor = edges[0]?.cursor ?? null
    const endCursor = edges.at(-1)?.cursor ?? null
    const hasPreviousPage = input.after != null
    return { edges, pageInfo: { hasNextPage: page.hasNextPage, hasPreviousPage, startCursor, endCursor } }
  }

  @Mutation(() => MadeServiceKeyPayload, {
    description: 'Creates a key for a backend. Its secret is shown only this once.',
  })
  @Guard(OPERATE)
  async createServiceKey(
    @Arg('input', () => CreateServiceKeyInputType, { description: 'The tenant, the purpose, and the expiry.' })
    input: CreateServiceKeyInputType,
    @Ctx() context: RequestContext,
  ): Promise<MadeServiceKeyPayload> {
    const given = parseInput(createInput, input)
    const expiresAt = given.expiresAt ?? null
    const outcome = await createServiceKey(this.deps, { ...given, expiresAt, ...operationOf(context) })
    return made(outcome)
  }

  @Mutation(() => MadeServiceKeyPayload, {
    description:
      'Gives a key a new secret, shown only this once. The old one keeps working for a while; revoke the key ' +
      'if the old one leaked.',
  })
  @Guard(OPERATE)
  async rotateServiceKey(
    @Arg('id', () => ID, { description: 'The key.' }) id: string,
    @Arg('expiresAt', () => GraphQLDateTimeISO, {
      nullable: true,
      description: 'When it expires; unchanged by default.',
    })
    expiresAt: Date | null,
    @Ctx() context: RequestContext,
  ): Promise<MadeServiceKeyPayload> {
    const given = parseInput(rotateInput, { id, expiresAt })
    return made(
      await rotateServiceKey(this.deps, {
        id: given.id,
        expiresAt: given.expiresAt ?? null,
        ...operationOf(context),
      }),
    )
  }

  @Mutation(() => RevokeServiceKeyPayload, { description: 'Revokes a key and all its secrets within a second.' })
  @Guard(OPERATE)
  async revokeServiceKey(
    @Arg('id', () => ID, { description: 'The key.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RevokeServiceKeyPayload> {
    const given = parseInput(idInput, { id })
    const key = await revokeServiceKey(this.deps, { ...given, ...operationOf(context) })
    if (!key) throw badInput(['id'], NO_SUCH_KEY)
    return { key }
  }
}

/** The calling operator. The policy has already refused all other callers; this is a second lock. */
function operationOf(context: RequestContext): {
  readonly operator: AccountId
  readonly context: ReturnType<typeof auditContextOf>
} {
  if (context.actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return { operator: context.actor.accountId, context: auditContextOf(context) }
}

function made(outcome: CreateServiceKeyOutcome | RotateServiceKeyOutcome): MadeServiceKeyPayload {
  switch (outcome.kind) {
    case 'made':
      return { key: outcome.key, secret: outcome.secret }
    case 'bad-end':
      throw badInput(['expiresAt'], 'service-key.expiry')
    case 'own-audience':
      throw badInput(['audience'], 'service-key.audience')
    case 'full':
      throw badInput([], 'service-key.too-many')
    case 'no-such-key':
      throw badInput(['id'], NO_SUCH_KEY)
    case 'raced':
      throw refuse('UNAVAILABLE', { says: 'service-key.changed-meanwhile' })
  }
}
