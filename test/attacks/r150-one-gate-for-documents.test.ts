import { PreviewStepUpDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { registered, signIn } from '../support/person.js'

const repeat = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')
/** Fragments each of which spreads the next one twice. */
const doubling = (levels: number, leaf: string): string =>
  repeat(levels, (at) => `fragment F${at} on Account { ...F${at + 1} ...F${at + 1} }`) +
  ` fragment F${levels} on Account { ${leaf} }`

const TOO_LARGE: readonly (readonly [string, string])[] = [
  ['is nested through inline fragments', `{ me { ${'... { '.repeat(300)} id ${'}'.repeat(300)} } }`],
  ['is nested through a chain of fragments', `{ me { ...F0 } } ${doubling(60, 'id')}`],
  ['has too many aliases', `{ me { ${repeat(16, (at) => `a${at}: id`)} } }`],
  ['repeats fields', `{ me { ${repeat(110, () => '... { profile { taxId } }')} } }`],
  ['repeats fields in a fragment that nothing spreads', `{ me { id } } fragment A on Account { ${'id '.repeat(200)} }`],
  ['has too many root fields', `{ ${repeat(21, (at) => `me${at}: me { id }`)} }`],
  ['has too many directives', `{ me { id ${'@include(if: true) '.repeat(11)} } }`],
  ['costs too much', `{ accounts(first: 20001) { edges { node { id } } } }`],
  ['has too many tokens', `{ me { ${'id '.repeat(1000)} } }`],
  ['holds two authentications', `mutation { a: verifyEmail { __typename } b: verifyEmail { __typename } }`],
]

describe('R150: a previewed document passes the same checks as one that runs', () => {
  let gateway: TestGateway
  let client: Client

  beforeAll(async () => {
    gateway = await startGateway()
    client = (await signIn(gateway, await registered(gateway))).client
  })
  afterAll(() => gateway.close())

  it.each(TOO_LARGE)('refuses a document that %s, run or previewed, at once', async (_, document) => {
    const startedAt = performance.now()
    expect(codeOf(await client.post(JSON.stringify({ query: document })))).toBe('DOCUMENT_TOO_LARGE')
    expect(codeOf(await client.send(PreviewStepUpDocument, { document }))).toBe('DOCUMENT_TOO_LARGE')
    expect(performance.now() - startedAt).toBeLessThan(250)
  })

  it('answers a long document within the limits in a short time', async () => {
    const document = `{ me { ${repeat(90, (at) => `...F${at}`)} } } ${repeat(90, (at) => `fragment F${at} on Account { id }`)}`
    const startedAt = performance.now()
    expect(dataOf(await client.send(PreviewStepUpDocument, { document })).stepUpPreview.allowed).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })

  it('counts all documents previewed in one request as one', async () => {
    const document = (nth: number): string => `query Q${nth} { me { ${repeat(180, (at) => `...F${at % 2}`)} } } ${TWO}`
    const asked = (count: number): string =>
      `{ ${repeat(count, (nth) => `p${nth}: stepUpPreview(document: ${JSON.stringify(document(nth))}) { allowed }`)} }`
    expect(codeOf(await client.post(JSON.stringify({ query: asked(1) })))).toBeNull()
    expect(codeOf(await client.post(JSON.stringify({ query: asked(2) })))).toBeNull()
    expect(codeOf(await client.post(JSON.stringify({ query: asked(3) })))).toBe('DOCUMENT_TOO_LARGE')
    expect(codeOf(await client.post(JSON.stringify({ query: asked(2) })))).toBeNull()
  })

  it('accepts a document with long comments, as it does when the document runs', async () => {
    const document = `{ me { id } } #${' '.repeat(50_000)}`
    expect(codeOf(await client.post(JSON.stringify({ query: document })))).toBeNull()
    expect(dataOf(await client.send(PreviewStepUpDocument, { document })).stepUpPreview.allowed).toBe(true)
  })
})

const TWO = 'fragment F0 on Account { id } fragment F1 on Account { email }'
