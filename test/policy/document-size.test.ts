import { buildSchema, parse } from 'graphql'
import { measureDocument } from '../../src/policy/document-size.js'

const schema = buildSchema(`
  type Query { a: Query b: Query c: Int try: Int list(first: Int): [Query!]! }
`)
const sizeOf = (text: string, maxDepth = 20) => {
  const isAuthentication = (_: string, field: string): boolean => field === 'try'
  return measureDocument({ schema, maxDepth, isAuthentication }, parse(text))
}
const operation = (text: string) => sizeOf(text)[0]

/** The same selection written directly, in a fragment, and in an inline fragment. */
const ways = (selection: string): readonly string[] => [
  `{ ${selection} }`,
  `{ ...F } fragment F on Query { ${selection} }`,
  `{ ... on Query { ${selection} } }`,
]

describe('the size of a document', () => {
  it.each(ways('a { c } b { c } x: c'))('counts root fields, aliases and cost through fragments: %s', (text) => {
    expect(operation(text)).toMatchObject({ rootFields: 3, aliases: 1, cost: 5 })
  })

  it.each(ways('a @skip(if: false) { c @skip(if: true) }'))('counts directives through fragments: %s', (text) => {
    expect(operation(text)?.directives).toBe(2)
  })

  it.each(ways('try'))('counts attempts through fragments: %s', (text) => {
    expect(operation(text)?.authentications).toBe(1)
  })

  it('counts a level for each field, spread and inline fragment', () => {
    expect(ways('a { b { c } }').map((text) => operation(text)?.depth)).toEqual([3, 4, 4])
  })

  it('counts a repeated field like an alias', () => {
    expect(operation('{ c c c }')?.aliases).toBe(2)
  })

  it('multiplies the cost below a list by its length', () => {
    expect(operation('{ list(first: 50) { c } }')?.cost).toBe(100)
    expect(operation('query ($n: Int) { list(first: $n) { c } }')?.cost).toBe(200)
    expect(operation('{ list { list { c } } }')?.cost).toBe(210)
  })

  it('measures every operation and every fragment, even an unused one', () => {
    const sizes = sizeOf('query One { c } query Two { a { b { c } } } fragment Unused on Query { a { a { x: c } } }')
    expect(sizes.map(({ depth }) => depth)).toEqual([1, 3, 3])
    expect(sizes[2]).toMatchObject({ aliases: 1, cost: 0, rootFields: 0 })
  })

  it('stops measuring below the maximum depth', () => {
    expect(sizeOf('{ a { a { a { c } } } }', 3)[0]?.depth).toBe(Infinity)
    expect(sizeOf('{ a { ...F } } fragment F on Query { a { ...F } }', 10)).toHaveLength(2)
  })
})
