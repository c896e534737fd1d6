import { UpdateProfileDocument } from '../../schema/generated/graphql.js'
import { dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'

const asText = (source: string): { toString(): string } => ({ toString: () => source })
const UNKNOWN = 'Z'.repeat(22)

describe.each(STORES)('what a refusal reveals about existing data, on the %s store', (store) => {
  let gateway: TestGateway
  let stranger: Client
  beforeAll(async () => {
    gateway = await startGateway({ store })
    stranger = (await signIn(gateway, await registered(gateway))).client
  })
  afterAll(() => gateway.close())

  /** Status, data, and the errors without the parts that are new for each refusal. */
  const shown = async (client: Client, source: string, variables: object = {}) => {
    const { status, text } = await client.send(asText(source), { ...variables })
    const { data, errors } = JSON.parse(text) as {
      data?: unknown
      errors: readonly { message: string; path?: unknown; extensions: { code: string } }[]
    }
    return {
      status,
      data,
      errors: errors.map(({ message, path, extensions }) => ({ message, path, code: extensions.code })),
    }
  }

  it('E4 a refused field takes its siblings with it: one error, no data, no path', async () => {
    const { client } = await withTotp(gateway)
    gateway.clock.advance(301)
    const answer = await shown(client, '{ me { id email profile { legalName dateOfBirth taxId } } }')
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors).toEqual([{ message: expect.any(String), path: undefined, code: 'STEP_UP_REQUIRED' }])
  })

  it('E4 a refusal is the same whether or not there is a profile', async () => {
    const source = '{ me { profile { legalName } } }'
    const full = await withTotp(gateway)
    const empty = await withTotp(gateway)
    dataOf(await full.client.send(UpdateProfileDocument, { input: { legalName: 'Ann Example' } }))
    gateway.clock.advance(301)
    expect(await shown(full.client, source)).toEqual(await shown(empty.client, source))
  })

  it('E4 a refusal is the same whether or not the event exists', async () => {
    const [event] = await storedIn(gateway, 'auditEvents')
    const source = 'query ($id: ID!) { auditEvent(id: $id) { id } }'
    const forSome = await shown(stranger, source, { id: event?._id })
    expect(forSome.errors.map(({ code }) => code)).toEqual(['FORBIDDEN'])
    expect(await shown(stranger, source, { id: UNKNOWN })).toEqual(forSome)
  })

  it.each([
    ['auditEvent', `{ auditEvent(id: "${UNKNOWN}") { __typename } }`],
    ['accounts', '{ accounts { __typename } }'],
    ['accounts, under another name', '{ a: accounts { ... { __typename } } }'],
    ['auditEvents, in a fragment', 'query { ...F } fragment F on Query { auditEvents { __typename } }'],
    ['accessPolicy', '{ accessPolicy { __typename } }'],
  ])('E5 __typename of %s is refused like its other fields', async (_what, source) => {
    const asStranger = await shown(stranger, source)
    expect(asStranger).toMatchObject({ status: 403, errors: [{ code: 'FORBIDDEN' }] })
    expect(asStranger.data ?? null).toBeNull()
    const asNobody = await shown(gateway.client(), source)
    expect(asNobody).toMatchObject({ status: 401, errors: [{ code: 'UNAUTHENTICATED' }] })
    expect(asNobody.data ?? null).toBeNull()
  })

  it('E5 __typename of the personal data needs what the data needs', async () => {
    const answer = await shown(stranger, '{ me { profile { __typename } } }')
    expect(answer.errors.map(({ code }) => code)).toEqual(['STEP_UP_REQUIRED'])
    expect(answer.data ?? null).toBeNull()
  })
})
