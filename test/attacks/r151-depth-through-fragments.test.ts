import { buildSchema, getIntrospectionQuery, parse } from 'graphql'
import { measureDocument, type DocumentSize } from '../../src/policy/document-size.js'
import { startServer, type ServerUnderTest } from '../http/server-under-test.js'

const MAX_DEPTH = 10
const schema = buildSchema('type Query { me: Person } type Person { id: ID friends: [Person!] }')
const measure = (text: string): readonly DocumentSize[] =>
  measureDocument({ schema, maxDepth: MAX_DEPTH, isAuthentication: () => false }, parse(text))
const depthOf = (text: string): number => Math.max(...measure(text).map(({ depth }) => depth))
const inline = (levels: number): string => `{ me ${'{ ... '.repeat(levels)}{ id ${'}'.repeat(levels)} } }`
const repeat = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')
const chain = (levels: number, width = 1): string =>
  `{ me { ...F0 } } ${repeat(levels - 1, (at) => `fragment F${at} on Person { ${`...F${at + 1} `.repeat(width)} }`)}` +
  ` fragment F${levels - 1} on Person { id }`

describe('R151: depth is counted through fragments', () => {
  let server: ServerUnderTest
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  it.each([
    ['a field', '{ me { id } }', 2],
    ['an inline fragment', '{ me { ... { id } } }', 3],
    ['a spread', '{ me { ...A } } fragment A on Person { id }', 3],
    ['an inline fragment inside a spread', '{ me { ...A } } fragment A on Person { ... { ... { id } } }', 5],
    ['a spread inside an inline fragment at the root', '{ ... { ...A } } fragment A on Query { me { id } }', 4],
    ['the longest of several ways', '{ me { id ...A friends { ...A } } } fragment A on Person { ... { id } }', 5],
  ])('counts %s as a level', (_, text, depth) => {
    expect(depthOf(text)).toBe(depth)
  })

  it.each([
    ['inline fragments', inline],
    ['a chain of spreads', chain],
  ])('runs %s up to the limit and refuses one more', async (_, document) => {
    expect(await server.post(document(MAX_DEPTH - 2))).toMatchObject({ status: 200 })
    expect(await server.post(document(MAX_DEPTH - 1))).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' })
    expect(await server.post(document(90))).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' })
  })

  it('counts an unused fragment, and the second of one name', () => {
    const deep = `${'{ ... '.repeat(20)}{ id }${'}'.repeat(20)}`
    expect(depthOf(`{ me { id } } fragment A on Person ${deep}`)).toBe(Infinity)
    expect(depthOf(`{ me { ...A } } fragment A on Person { id } fragment A on Person ${deep}`)).toBe(Infinity)
  })

  it.each([
    ['eight levels of sixty spreads each', chain(8, 60)],
    ['forty levels that double', chain(40, 2)],
    ['a circle', `{ me { ...F0 } } ${repeat(60, (at) => `fragment F${at} on Person { ...F${(at + 1) % 60} }`)}`],
    ['two thousand levels', chain(2_000)],
    ['fifteen hundred inline fragments', inline(1_500)],
  ])('measures %s in linear time', (_, text) => {
    const document = parse(text, { noLocation: true })
    const measureOnce = (): number => {
      const startedAt = performance.now()
      measureDocument({ schema, maxDepth: MAX_DEPTH, isAuthentication: () => false }, document)
      return performance.now() - startedAt
    }
    measureOnce()
    expect(measureOnce()).toBeLessThan(500)
  })

  it('leaves the introspection query alone, and nothing that hides behind it', () => {
    expect(depthOf(getIntrospectionQuery())).toBeLessThanOrEqual(MAX_DEPTH)
    expect(depthOf(`{ __schema ${'{ ... '.repeat(100)}{ types { name } }${'}'.repeat(100)} }`)).toBe(Infinity)
  })
})
