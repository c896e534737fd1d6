import {
  ReadAuditEventDocument,
  AuditEventsDocument,
  LabelRiskDecisionDocument,
  MeDocument,
  ReadRiskDecisionDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { AUDIT_EVENTS } from '../../src/store/audit-repository.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { boundedFind } from '../support/index-rules.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, withTotp, type Authenticator } from '../support/person.js'

const ADMIN = 'operator@example.com'
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

describe.each(STORES)('the reference of a blocked request, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: { readonly client: Client; readonly authenticator: Authenticator }
  let email: string
  let reference: string

  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_ADMINISTRATORS: ADMIN }
    gateway = await startGateway({ store, env })
    const { client } = await signIn(gateway, await registered(gateway, ADMIN))
    operator = { client, ...(await enrollTotp(gateway, client)) }
    const person = await withTotp(gateway)
    email = person.email
    // A copy of a device token with a wrong secret.
    const copy = person.client.copy()
    for (const [name, value] of copy.cookies) {
      if (/device/i.test(name)) copy.cookies.set(name, value.replace(/\.[^.]*$/, '.forged'))
    }
    const blocked = await copy.send(SignInDocument, { input: { email, password: PASSWORD } })
    expect(codeOf(blocked)).toBe('RISK_BLOCKED')
    reference = String(blocked.errors[0]?.extensions['reference'])
  })
  afterAll(() => gateway.close())

  const event = async (id: string) => dataOf(await operator.client.send(ReadAuditEventDocument, { id })).auditEvent
  const decision = async (id: string) =>
    dataOf(await operator.client.send(ReadRiskDecisionDocument, { id })).riskDecision
  const events = async (requestId: string, over: object = {}) => {
    const filter = { requestId, ...over }
    const { auditEvents } = dataOf(await operator.client.send(AuditEventsDocument, { filter }))
    return auditEvents.edges.map(({ node }) => node)
  }

  it.each<readonly [string, (given: string) => string]>([
    ['as it was given', (given) => given],
    ['in capitals', (given) => given.toUpperCase()],
    ['with spaces around it', (given) => `  ${given}\n`],
    ['without dashes', (given) => given.replaceAll('-', '')],
    ['in groups of four', (given) => given.replaceAll('-', '').replace(/(.{4})/g, '$1 ')],
    ['with other dashes', (given) => given.replaceAll('-', ' – ')],
  ])('leads an operator to the event and the decision, %s', async (_, write) => {
    const [found] = await events(reference, { actions: ['risk.blocked'] })
    expect(found).toMatchObject({ action: 'risk.blocked', outcome: 'DENIED' })
    const written = write(reference)
    expect(await event(written)).toMatchObject({ id: found!.id, action: 'risk.blocked' })
    expect(await decision(written)).toMatchObject({ id: found!.id, risk: { verdict: 'BLOCK' } })
    expect((await events(written)).map(({ id }) => id)).toContain(found!.id)
    expect(await events(written, { outcome: 'SUCCESS', actions: ['risk.blocked'] })).toEqual([])
  })

  it('labels the decision', async () => {
    const labelled = dataOf(
      await operator.client.send(LabelRiskDecisionDocument, { id: reference.toUpperCase(), label: 'LEGITIMATE' }),
    )
    expect(labelled.labelRiskDecision).toMatchObject({
      id: (await event(reference))!.id,
      label: { label: 'LEGITIMATE' },
    })
    expect((await decision(reference))?.label?.label).toBe('LEGITIMATE')
  })

  it('finds nothing if there is no such request', async () => {
    for (const id of [UNKNOWN, 'nonsense', '', 'x'.repeat(300), '{"$ne":null}']) {
      expect([await event(id), await decision(id)]).toEqual([null, null])
    }
    expect(await events(UNKNOWN)).toEqual([])
    const filter = { requestId: '' }
    expect(codeOf(await operator.client.send(AuditEventsDocument, { filter }))).toBe('BAD_USER_INPUT')
  })

  it('is for operators with a fresh factor only', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const ask = async (each: Client) => [
      codeOf(await each.send(ReadAuditEventDocument, { id: reference })),
      codeOf(await each.send(ReadRiskDecisionDocument, { id: reference })),
      codeOf(await each.send(AuditEventsDocument, { filter: { requestId: reference } })),
    ]
    expect(new Set(await ask(client))).toEqual(new Set(['FORBIDDEN']))
    gateway.clock.advance(901)
    expect(new Set(await ask(operator.client))).toEqual(new Set(['STEP_UP_REQUIRED']))
    await stepUp(gateway, operator.client, operator.authenticator)
    expect(new Set(await ask(operator.client))).toEqual(new Set([null]))
  })

  it('is the request id of every answer, so any answer leads to its events', async () => {
    const other = gateway.client()
    const answer = await other.send(SignInDocument, { input: { email, password: 'a wrong pass phrase' } })
    const requestId = answer.headers.get('x-request-id') ?? ''
    expect((await events(requestId)).map(({ action }) => action)).not.toEqual([])
    expect(codeOf(await other.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('is found by an index, in its order', () => {
    const sort = { occurredAt: -1, _id: -1 } as const
    const find = { filter: { 'context.requestId': reference, occurredAt: { $gt: new Date(0) } }, sort }
    expect(boundedFind(AUDIT_EVENTS.indexes, find)).toEqual({ scans: 1 })
  })
})
