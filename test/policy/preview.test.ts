import { hashForTests } from './hash-for-tests.js'
import 'reflect-metadata'
import { execute, parse, printSchema, type GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { AccessPolicyResolver } from '../../src/admin/access-policy.graphql.js'
import type { Actor } from '../../src/kernel/actor.js'
import { movableClock } from '../../src/kernel/clock.js'
import { Refusal } from '../../src/kernel/refusal.js'
import {
  createDocumentReader,
  createPolicy,
  protectSchema,
  USUAL_DOCUMENT_LIMITS,
  type Policy,
} from '../../src/policy/index.js'
import { StepUpPreviewResolver } from '../../src/policy/step-up-preview.graphql.js'
import { codesOf, contextOf, factor, NOW, policyOver, proof, session, SETTINGS } from './support.js'

const SDL = `
  type Query { me: String @guard  salary: String @guard(assurance: MFA, withinSeconds: 300, purpose: "profile.read") }
  type Mutation { transfer(to: String): String @guard(assurance: MFA, withinSeconds: 0) }
`
const unmet = session({ factors: [factor('TOTP')] })

describe('previewing an operation', () => {
  const previewing = () => {
    const touched: string[] = []
    const touch = (name: string) => async () => {
      touched.push(name)
      throw new Error('a preview has no side effects')
    }
    const { policy } = policyOver(
      SDL,
      {},
      {
        stepUps: { open: touch('stepUps') },
        risk: { assess: touch('risk') },
        operationProofs: { spend: touch('operationProofs') },
        refusals: { record: touch('refusals') },
      },
    )
    const preview = (document: string, actor: Actor = unmet) => policy.preview({ document, context: contextOf(actor) })
    return { preview, touched }
  }

  it('says what would be required, without side effects', () => {
    const { preview, touched } = previewing()
    expect(preview('{ me salary }')).toMatchObject({
      allowed: false,
      code: 'STEP_UP_REQUIRED',
      need: {
        assurance: 'MFA',
        maxAge: 300,
        purpose: 'profile.read',
        paths: ['salary'],
        challenge: [{ type: 'TOTP' }],
      },
    })
    expect(preview('{ me }')).toEqual({ allowed: true, code: null, need: null })
    expect(touched).toEqual([])
  })

  it('spends no proof', () => {
    const { policy } = policyOver(SDL)
    const context = contextOf(session({ factors: [factor('TOTP')], proofs: [proof('TOTP', 1)] }))
    const document = 'mutation { transfer(to: "A") }'
    expect(policy.preview({ document, context })).toMatchObject({ need: { maxAge: 0 } })
    expect(context.operation).toBeNull()
    expect(context.access).toBeNull()
  })

  it.each([
    ['does not parse', '{ me', 'GRAPHQL_VALIDATION_FAILED'],
    ['does not fit the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['has fragments in a cycle', '{ ...A } fragment A on Query { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    ['has too many tokens', `{ ${'me '.repeat(1001)} }`, 'DOCUMENT_TOO_LARGE'],
    ['is too deep', `${'{ ... '.repeat(11)}{ me ${'}'.repeat(12)}`, 'DOCUMENT_TOO_LARGE'],
    ['has no operation to choose', 'query A { me } query B { me }', 'BAD_USER_INPUT'],
  ])('refuses a document that %s, without quoting it', (_, document, code) => {
    const { preview } = previewing()
    let thrown: unknown
    try {
      preview(document)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(Refusal)
    expect(thrown).toMatchObject({ code })
    expect(String(thrown)).not.toContain(document)
  })
})

describe('the policy in the API', () => {
  function api(): { schema: GraphQLSchema; policy: Policy } {
    const instances = [new StepUpPreviewResolver(() => policy), new AccessPolicyResolver(() => policy)]
    const container = { get: (type: unknown) => instances.find((instance) => instance.constructor === type) }
    const resolvers = [StepUpPreviewResolver, AccessPolicyResolver] as const
    const { schema, table } = protectSchema(buildSchemaSync({ resolvers, container, validate: false }))
    const policy = createPolicy({
      hashOperation: hashForTests,
      schema,
      table,
      documents: createDocumentReader({ schema, table, limits: USUAL_DOCUMENT_LIMITS, introspection: true }),
      clock: movableClock(NOW),
      settings: SETTINGS,
      stepUps: { open: async () => ({ mfaToken: 'token', expiresAt: NOW }) },
      risk: { assess: async () => null },
      operationProofs: { spend: async () => false },
      refusals: { record: async () => null },
    })
    return { schema, policy }
  }

  async function run(actor: Actor, text: string) {
    const { schema, policy } = api()
    const contextValue = contextOf(actor)
    const document = parse(text)
    try {
      await policy.authorize({ document, context: contextValue })
    } catch (error) {
      if (error instanceof Refusal) return { errors: [error] }
      throw error
    }
    return execute({ schema, document, contextValue })
  }

  it('previews for every session, including pending ones', async () => {
    const text =
      '{ stepUpPreview(document: "{ accessPolicy { field } }") { allowed code need { acrValues challenge { type } } } }'
    const admin = session({ roles: ['ADMIN'], factors: [factor('TOTP')] })
    expect(await run(admin, text)).toMatchObject({
      data: {
        stepUpPreview: {
          allowed: false,
          code: 'STEP_UP_REQUIRED',
          need: { acrValues: ['urn:stepgate:acr:mfa'], challenge: [{ type: 'TOTP' }] },
        },
      },
    })
    expect(await run({ ...admin, state: 'pending' }, text)).toMatchObject({
      data: { stepUpPreview: { code: 'MFA_REQUIRED' } },
    })
    expect(codesOf(await run({ kind: 'anonymous' }, text))).toEqual(['UNAUTHENTICATED'])
  })

  it('shows the compiled table to operators with a recent proof of a second factor', async () => {
    const text = '{ accessPolicy { field access assurance withinSeconds factors strongest purpose reportOnly } }'
    const admin = session({ roles: ['ADMIN'], factors: [factor('TOTP')], proofs: [proof('TOTP', 900)] })
    const result = await run(admin, text)
    expect(result).toMatchObject({
      data: {
        accessPolicy: [
          {
            field: 'Query.accessPolicy',
            access: 'ADMIN',
            assurance: 'MFA',
            withinSeconds: 900,
            purpose: 'admin.policy',
          },
          { field: 'Query.stepUpPreview', access: 'PENDING', assurance: 'ONE_FACTOR', withinSeconds: null },
        ],
      },
    })
    expect(codesOf(await run({ ...admin, proofs: [] }, text))).toEqual(['STEP_UP_REQUIRED'])
    expect(codesOf(await run({ ...admin, roles: [] }, text))).toEqual(['FORBIDDEN'])
  })

  it('declares the directive with the enums of the schema', () => {
    expect(printSchema(api().schema)).toContain('directive @guard(')
  })
})
