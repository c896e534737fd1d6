import 'reflect-metadata'
import { graphql, print, type GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import { AuditResolver } from '../../src/admin/audit.graphql.js'
import { presentEvent } from '../../src/admin/present-event.js'
import type { Sentence } from '../../src/kernel/sentences.js'
import { createSentences } from '../../src/messages/index.js'
import type { AuditVerifier } from '../../src/audit/index.js'
import { anEvent, auditWorld, everything, ring, type AuditWorld } from './support/audit-world.js'

/** As this version writes it, and as a later one may. */
const CONTRIBUTIONS = [
  { code: 'RULE_IMPOSSIBLE_TRAVEL', nats: 0, facts: { km: 4200, seconds: 7200 } },
  { code: 'X', nats: 0, facts: { y: 1 } },
]

const { say: sayTo } = createSentences({ language: 'en' })
const say = (sentence: Sentence): string => sayTo(sentence, { acceptLanguage: '', accountLanguage: null })

describe('the audit log in the graph', () => {
  let world: AuditWorld
  let schema: GraphQLSchema
  let isSlow = false
  beforeEach(async () => {
    world = await auditWorld('embedded')
    await world.log.record([
      anEvent({
        metadata: { codesLeft: 3 },
        risk: { verdict: 'ALLOW', level: 'LOW', score: -1.5, contributions: CONTRIBUTIONS },
      }),
      anEvent({ context: null }),
    ])
    const verifier: AuditVerifier = {
      verify: (input, watch) => {
        if (isSlow) world.clock.advance(10)
        return world.verify(input, ring, { ...watch, lanes: 1 })
      },
    }
    const resolver = new AuditResolver({ store: world.audit, verifier, clock: world.clock, verifySeconds: 5 })
    schema = await buildSchema({ resolvers: [AuditResolver], container: { get: () => resolver }, validate: false })
  })
  afterEach(() => world.close())

  const run = async (source: string, variableValues: Record<string, unknown> = {}) => {
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue: { say } })
    return { data, code: errors?.[0]?.extensions['code'], text: JSON.stringify(errors) }
  }

  it('shows events as a connection', async () => {
    const { data, code } = await run(`{
      auditEvents(first: 1) {
        edges { cursor node { id stream sequence action occurredAt actor { id type } targets { id type } outcome context { ip } metadata } }
        pageInfo { hasNextPage endCursor }
      }
    }`)
    expect(code).toBeUndefined()
    expect(data).toMatchObject({
      auditEvents: {
        edges: [{ node: { stream: world.log.stream(), sequence: 2, context: null, metadata: {} } }],
        pageInfo: { hasNextPage: true },
      },
    })
  })

  it('shows one event with its risk, and null for one that does not exist', async () => {
    const [event] = await everything(world.audit)
    const source = `query ($id: ID!) { auditEvent(id: $id) { metadata hash risk { score contributions { code nats detail } } } }`
    expect((await run(source, { id: event?.id })).data).toMatchObject({
      auditEvent: {
        metadata: { codesLeft: 3 },
        hash: event?.hash,
        risk: {
          score: -1.5,
          contributions: [
            {
              code: 'RULE_IMPOSSIBLE_TRAVEL',
              detail: expect.stringContaining('4,200 km from the last place, 2 hours later'),
            },
            { code: 'X', detail: null },
          ],
        },
      },
    })
    expect((await run(source, { id: '../../x' })).data).toEqual({ auditEvent: null })
  })

  it('shows the sentence that earlier versions stored with a contribution', async () => {
    const [event] = await everything(world.audit)
    const detail = 'a new network in a familiar country'
    const risk = {
      verdict: 'ALLOW',
      level: 'LOW',
      score: 1,
      contributions: [{ code: 'NETWORK_NEW', nats: 1, detail }],
    } as const
    expect(presentEvent({ ...event!, risk }, say).risk?.contributions).toEqual([
      { code: 'NETWORK_NEW', nats: 1, detail },
    ])
  })

  it('checks the log, also against a checkpoint noted earlier, and since then', async () => {
    const source = `query ($number: Int, $hash: String, $after: String) {
      verifyAuditChain(checkpointNumber: $number, checkpointHash: $hash, after: $after) {
        intact checked uncovered checkpointNumber checkpointHash firstBreak { fault checkpoint stream sequence }
      }
    }`
    expect((await run(source)).data).toMatchObject({
      verifyAuditChain: { intact: true, checked: 2, uncovered: 2, checkpointNumber: null },
    })
    await world.checkpointer.look()
    const { data } = await run(source)
    expect(data).toMatchObject({ verifyAuditChain: { intact: true, uncovered: 0, checkpointNumber: 1 } })
    const { checkpointHash: hash } = (data as { verifyAuditChain: { checkpointHash: string } }).verifyAuditChain
    await world.log.record([anEvent()])
    expect((await run(source, { after: `1:${hash}` })).data).toMatchObject({
      verifyAuditChain: { intact: true, checked: 1, uncovered: 1, checkpointNumber: 1, checkpointHash: hash },
    })
    expect((await run(source, { number: 2, hash })).data).toMatchObject({
      verifyAuditChain: { intact: false, firstBreak: { fault: 'TRUNCATED', checkpoint: 2, stream: null } },
    })
    for (const variables of [
      { hash },
      { number: 1 },
      { after: '' },
      { after: hash },
      { after: `0:${hash}` },
      { after: '1:x' },
      { number: 0, hash },
      { number: 1, hash: 'x' },
    ]) {
      expect((await run(source, variables)).code).toBe('BAD_USER_INPUT')
    }
  })

  it('checks a large log in several calls, and says how far each has come', async () => {
    const source = `query ($after: String) {
      verifyAuditChain(after: $after) { intact finished endCursor checked verified total checkpointNumber }
    }`
    for (let count = 0; count < 301; count += 1) {
      await world.checkpointer.look()
      await world.log.record([anEvent()])
    }
    isSlow = true
    const { verifyAuditChain: first } = (await run(source)).data as { verifyAuditChain: { endCursor: string } }
    expect(first).toEqual({
      ...{ intact: null, finished: false, endCursor: expect.stringMatching(/^300:/), checkpointNumber: null },
      ...{ checked: 301, verified: 301, total: 303 },
    })
    expect((await run(source, { after: first.endCursor })).data).toEqual({
      verifyAuditChain: {
        ...{ intact: null, finished: false, endCursor: expect.stringMatching(/^301:/), checkpointNumber: null },
        ...{ checked: 1, verified: 302, total: 303 },
      },
    })
  })

  it.each([
    ['a cursor', '{ auditEvents(after: "secret-thing") { edges { cursor } } }'],
    ['a page size', '{ auditEvents(first: 1000) { edges { cursor } } }'],
    ['an action', '{ auditEvents(filter: { actions: ["secret-thing"] }) { edges { cursor } } }'],
    ['an account', '{ auditEvents(filter: { accountId: "secret-thing {}" }) { edges { cursor } } }'],
    [
      'a range',
      '{ auditEvents(filter: { from: "2026-03-02T00:00:00Z", until: "2026-03-01T00:00:00Z" }) { edges { cursor } } }',
    ],
  ])('refuses %s that makes no sense, without repeating it', async (_, source) => {
    const { code, text } = await run(source)
    expect(code).toBe('BAD_USER_INPUT')
    expect(text).not.toContain('secret-thing')
  })

  it('is guarded for operators with fresh MFA', () => {
    const fields = schema.getQueryType()?.getFields() ?? {}
    for (const name of ['auditEvents', 'auditEvent', 'verifyAuditChain']) {
      expect(fields[name]?.astNode?.directives?.map((directive) => print(directive))).toEqual([
        '@guard(access: ADMIN, assurance: MFA, withinSeconds: 900, purpose: "admin.audit")',
      ])
    }
  })
})
