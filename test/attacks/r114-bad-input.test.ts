import { inspect } from 'node:util'
import { MeDocument, MyDevicesDocument, VerifyAuditChainDocument } from '../../schema/generated/graphql.js'
import { ERROR_CODES } from '../../src/kernel/error-codes.js'
import type { Logger } from '../../src/kernel/logger.js'
import { openPeople } from '../../src/store/person-document.js'
import { BAD_VALUES, CANARY, placesIn, withValueAt, type Path } from '../support/bad-values.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { withTotp } from '../support/person.js'
import { ROOT_FIELDS, type RootField } from '../support/root-fields.js'

const ROOMY = Object.fromEntries(
  ['PUBLIC_MUTATION_LIMIT_ADDRESS', 'SIGN_IN_LIMIT_ADDRESS_AND_NAME', 'SIGN_IN_LIMIT_ADDRESS', 'SIGN_IN_LIMIT_NAME']
    .concat('SIGN_IN_LIMIT_OVERALL', 'SIGN_IN_LIMIT_NETWORK', 'REFRESH_LIMIT_ADDRESS')
    .map((name) => [`STEPGATE_${name}`, '1000000/900']),
)

/** A person's own names and texts are free text, and these fields store them. */
const KEEPS_TEXT: ReadonlySet<string> = new Set([
  'renameDevice',
  'renameFactor',
  'updateProfile',
  'enrollFactor',
  'createOrganization',
  // Null is a choice, too: no organization.
  'selectOrganization',
])

const UNEXPECTED: ReadonlySet<unknown> = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', null])

describe.each(STORES)('R114, R118 bad input in every place there is, on the %s store', (store) => {
  let gateway: TestGateway
  let client: Client
  let owned: Readonly<Record<string, string>>
  const log: string[] = []

  beforeAll(async () => {
    const write = (fields: object, message: string) => void log.push(`${message} ${inspect(fields, { depth: 12 })}`)
    const logger: Logger = { debug: write, info: write, warn: write, error: write }
    gateway = await startGateway({ store, env: ROOMY, logger })
    const person = await withTotp(gateway, ADMIN)
    client = person.client
    const [device] = dataOf(await client.send(MyDevicesDocument)).myDevices
    owned = { renameDevice: device!.id, renameFactor: person.authenticator.factorId }
  })
  afterAll(() => gateway.close())

  /** All but the tags, which also change when the same values are written again. */
  const dump = async () => {
    const people = await openPeople(gateway.store).find({})
    const contents = people.map(({ etag, ...content }) => content)
    return inspect(contents, { depth: 12, maxStringLength: null })
  }

  /** Valid variables, so that only the inserted value can be wrong. */
  function honest(field: RootField): unknown {
    const id = owned[field.name] ?? 'A'.repeat(22)
    const text = JSON.stringify(field.sample(), (key, value: unknown) => HONEST[key] ?? value)
    return JSON.parse(text.replaceAll('A'.repeat(22), id))
  }

  function expectCoded(answer: Answer<unknown>): void {
    expect(answer.status).toBeLessThan(500)
    for (const { extensions } of answer.errors) {
      expect(Object.keys(ERROR_CODES)).toContain(extensions.code)
      expect(UNEXPECTED.has(extensions.code)).toBe(false)
    }
    if (answer.data === null) expect(answer.errors.length).toBeGreaterThan(0)
  }

  const wasRefused = ({ errors, text }: Answer<unknown>) => errors.length > 0 || text.includes('ChallengeFailed')

  const fields = ROOT_FIELDS.filter(({ args }) => args.length > 0)

  it.each(fields.map((field) => [field.name, field] as const))('%s', async (name, field) => {
    let before = await dump()
    const keepsText = KEEPS_TEXT.has(name)
    const tryAt = async (place: Path, [what, value]: readonly [string, unknown]): Promise<void> => {
      const variables = withValueAt(honest(field), place, value) as Record<string, unknown>
      const answer = await client.send(field.document, variables)
      await atPlace(place, what, async () => {
        expectCoded(answer)
        if (answer.errors.length > 0) expect(answer.text).not.toContain(CANARY)
        if (!keepsText) return
        const after = await dump()
        if (after !== before) expect([wasRefused(answer), mayBeKept(value, place)]).toEqual([false, true])
        before = after
      })
    }
    for (const place of placesIn(field)) {
      const values = Object.entries(BAD_VALUES)
      // One after the other where the effect of each is looked at.
      if (keepsText) for (const each of values) await tryAt(place, each)
      else await Promise.all(values.map((each) => tryAt(place, each)))
    }
    expect(await dump()).toBe(before)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })

  it.each(ROOT_FIELDS.filter(({ args }) => args.length === 0).map(({ name, operation }) => [name, operation]))(
    '%s takes no argument of any name',
    async (name, operation) => {
      const before = await dump()
      for (const argument of ['input: { id: 1 }', `id: "${CANARY}"`, '__proto__: null', 'constructor: [1]']) {
        const answer = await client.send(`${operation} { ${name}(${argument}) { __typename } }`)
        expect([answer.status, codeOf(answer)]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
        expect(answer.text).not.toContain(CANARY)
      }
      expect(await dump()).toBe(before)
    },
  )

  it('leaves a working gateway, an unbroken audit log, and a log that repeats nothing', async () => {
    const { verifyAuditChain } = dataOf(await client.send(VerifyAuditChainDocument))
    expect(verifyAuditChain).toMatchObject({ intact: true })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
    expect(log.length).toBeGreaterThan(1000)
    expect(log.filter((line) => line.includes(CANARY))).toEqual([])
    expect(log.filter((line) => line.startsWith('fault'))).toEqual([])
  })
})

/** Values of fields by their names; the rest is a sample of the type. */
const HONEST: Readonly<Record<string, unknown>> = {
  email: 'nobody@example.com',
  newEmail: 'free@example.com',
  password: 'seven grey herons',
  currentPassword: 'not the right passphrase',
  newPassword: 'seven grey herons',
  dateOfBirth: '1990-01-01',
  token: 'B'.repeat(43),
  refreshToken: 'B'.repeat(87),
  document: '{ me { id } }',
  operationName: null,
  mfaToken: null,
  after: null,
  before: null,
  last: null,
}

/** Input fields that take several lines. */
const OF_LINES = ['postalAddress']

/** A valid name: short, and in one line unless the field takes more. Null and empty text leave a field or list unchanged. */
function mayBeKept(value: unknown, place: Path): boolean {
  if (value === null || value === undefined || ['{}', '[]'].includes(inspect(value))) return true
  if (typeof value !== 'string') return false
  const text = OF_LINES.includes(String(place.at(-1))) ? value.replaceAll(/\r?\n/g, ' ') : value
  return text.length <= 200 && !/(?![\u200C-\u200F\u061C])[\p{Cc}\p{Cf}\p{Cs}\u2028]/u.test(text.trim())
}

/** Names the place and value of a failed expectation. */
async function atPlace(place: Path, what: string, check: () => Promise<void>): Promise<void> {
  try {
    await check()
  } catch (error) {
    throw new Error(`${place.join('.')}: ${what}\n${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
