import fc from 'fast-check'
import { ERROR_CODES } from '../../src/kernel/error-codes.js'
import type { Logger } from '../../src/kernel/logger.js'
import { codeOf, type Answer, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { withTotp } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { MeDocument } from '../../schema/generated/graphql.js'

const SEED = 20_260_302
const HAZARDS = ['__proto__', 'constructor', 'toString', '__typename', '__schema', '__type', 'hasOwnProperty', '$where']

// An operation that ends the tested session would leave the rest of the run to an anonymous caller.
const ENDING: ReadonlySet<string> = new Set(['signOut'])

const rootName = fc.constantFrom(...ROOT_FIELDS.map(({ name }) => name).filter((name) => !ENDING.has(name)), ...HAZARDS)
const argumentName = fc.constantFrom(
  ...new Set(ROOT_FIELDS.flatMap(({ args }) => args.map(({ name }) => name))),
  ...['email', 'password', 'code', 'name', '__proto__', 'constructor'],
)
const fieldName = fc.constantFrom(
  'id',
  'email',
  'profile',
  'taxId',
  'edges',
  'node',
  'pageInfo',
  'name',
  'stepUp',
  ...HAZARDS,
)

/** A literal as it may appear in a document, valid or not. */
const { literal } = fc.letrec<{ literal: string }>((tie) => ({
  literal: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('null', 'true', 'TOTP', 'COOKIE', '$v', '-0', '1e400', '99999999999999999999', '""', '"""block"""'),
    fc.integer().map(String),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => JSON.stringify(text)),
    fc.array(tie('literal'), { maxLength: 3 }).map((items) => `[${items.join(' ')}]`),
    fc
      .array(fc.tuple(argumentName, tie('literal')), { maxLength: 4 })
      .map((entries) => `{${entries.map(([name, value]) => `${name}: ${value}`).join(', ')}}`),
  ),
}))

const argumentsOf = fc
  .array(fc.tuple(argumentName, literal), { maxLength: 3 })
  .map((entries) => (entries.length === 0 ? '' : `(${entries.map(([name, value]) => `${name}: ${value}`).join(', ')})`))

const directive = fc.constantFrom('', '', '', ' @include(if: $v)', ' @skip(if: true)', ' @guard', ' @deprecated', ' @x')

/** A selection of a few levels, with aliases, fragments and directives. */
const { selection } = fc.letrec<{ selection: string }>((tie) => ({
  selection: fc.oneof(
    { maxDepth: 3 },
    fc.constant('{ __typename }'),
    fc
      .array(
        fc.tuple(
          fc.constantFrom('', 'a: ', 'constructor: '),
          fieldName,
          directive,
          fc.option(tie('selection'), { nil: '' }),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((fields) => `{ ${fields.map((parts) => parts.join('')).join(' ')} }`),
    tie('selection').map((inner) => `{ ...on Account ${inner} ...F }`),
  ),
}))

const document = fc
  .tuple(
    fc.constantFrom(
      'query',
      'mutation',
      'mutation',
      'subscription',
      'query Q',
      'query Q($v: Boolean)',
      'mutation M($v: X!)',
    ),
    fc.array(fc.tuple(rootName, argumentsOf, directive, fc.option(selection, { nil: '' })), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('', '', ' fragment F on Account { id }', ' fragment F on Query { ...F }', ' query Q { me { id } }'),
  )
  .map(([head, roots, tail]) => `${head} { ${roots.map((parts) => parts.join('')).join(' ')} }${tail}`)

/** A document for one real field with variables of any shape. */
const withVariables = fc.tuple(
  fc.constantFrom(...ROOT_FIELDS.filter(({ name }) => !ENDING.has(name))),
  fc.dictionary(argumentName, fc.jsonValue({ maxDepth: 3 })),
  fc.constantFrom('input', 'filter', 'id', 'variables'),
)

const body = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .jsonValue()
    .map((value) => JSON.stringify({ query: value, variables: value, operationName: value, extensions: value })),
  fc
    .tuple(fc.jsonValue(), fc.jsonValue())
    .map(([variables, extensions]) => JSON.stringify({ query: '{ me { id } }', variables, extensions })),
  fc.jsonValue().map((value) => `{"query":"{ me { id } }","__proto__":${JSON.stringify(value)}}`),
  fc
    .array(fc.constantFrom('{', '[', '"query":', '"{me{id}}"', ',', '}', ']', '\\u0000', '1e9999'), { maxLength: 30 })
    .map((parts) => parts.join('')),
)

describe.each(STORES)(
  'R118 for any input, the gateway on the %s store answers in its own words and keeps running',
  (store) => {
    let gateway: TestGateway
    let callers: readonly Client[]
    const faults: string[] = []

    beforeAll(async () => {
      const quiet = () => undefined
      const logger: Logger = {
        debug: quiet,
        info: quiet,
        warn: quiet,
        error: (_, message) => void faults.push(message),
      }
      // As in production: during development, suggestions explain a misspelled name.
      gateway = await startGateway({ store, logger, env: { STEPGATE_INTROSPECTION: 'off' } })
      const { client } = await withTotp(gateway)
      callers = [gateway.client(), client]
    })
    afterAll(() => gateway.close())

    function expectCoded({ status, errors, data, headers, text }: Answer<unknown>): void {
      expect(status).toBeLessThan(500)
      expect(headers.get('content-type')).toMatch(/json/)
      expect(errors.length > 0 || data !== null).toBe(true)
      for (const { extensions } of errors) expect(Object.keys(ERROR_CODES)).toContain(extensions.code)
      expect(text).not.toMatch(/node_modules|INTERNAL_SERVER_ERROR| {4}at |Did you mean/)
    }

    const sentBy = (as: boolean): Client => callers[as ? 1 : 0]!

    it('800 random bodies', async () => {
      await fc.assert(
        fc.asyncProperty(body, fc.boolean(), async (text, as) => expectCoded(await sentBy(as).post(text))),
        { numRuns: 800, seed: SEED },
      )
    })

    it('800 random documents', async () => {
      await fc.assert(
        fc.asyncProperty(document, fc.boolean(), async (text, as) => {
          expectCoded(await sentBy(as).send(text, { v: true }))
        }),
        { numRuns: 800, seed: SEED },
      )
    })

    it('600 real operations with random variables', async () => {
      await fc.assert(
        fc.asyncProperty(withVariables, fc.boolean(), async ([field, variables, wrap], as) => {
          expectCoded(await sentBy(as).send(field.document, variables))
          expectCoded(await sentBy(as).send(field.document, { ...field.sample(), [wrap]: variables }))
        }),
        { numRuns: 300, seed: SEED },
      )
    })

    it('leaves nothing polluted, no internal errors, and a session that still works', async () => {
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(faults).toEqual([])
      expect(['STEP_UP_REQUIRED', null]).toContain(codeOf(await callers[1]!.send(MeDocument)))
    })
  },
)
