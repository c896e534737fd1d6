import { createRequire } from 'node:module'
import { ChangePasswordDocument, MeDocument, SignInDocument, SignUpDocument } from '../../schema/generated/graphql.js'
import { codeOf, type Client } from '../support/client.js'
import type { TestGateway } from '../support/gateway.js'

// All Argon2 calls go through this module, so the counter is installed before anything else loads it.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as typeof import('@node-rs/argon2')
let hashed = 0
function counted<A extends readonly unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    hashed += 1
    return work(...args)
  }
}
Object.assign(argon2, { hash: counted(argon2.hash), verify: counted(argon2.verify) })
const { startGateway, STORES } = await import('../support/gateway.js')
const { PASSWORD, registered, signIn } = await import('../support/person.js')
const { storedAccount, storedIn } = await import('../support/stored.js')

describe.each(STORES)('R054 the longest password, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client

  beforeAll(async () => {
    gateway = await startGateway({ store })
    email = await registered(gateway)
    client = (await signIn(gateway, email)).client
    // The first use of a session is recorded in the store; the calls below must not be that first use.
    await client.send(MeDocument)
  })
  afterAll(() => gateway.close())

  const long = (length: number) => 'pq '.repeat(length).slice(0, length)
  const tries = {
    'as the one of a new account': (password: string) =>
      gateway.client().send(SignUpDocument, { input: { email: 'long@example.com', password } }),
    'at sign-in': (password: string) =>
      gateway.client().send(SignInDocument, { input: { email, password, transport: 'COOKIE' } }),
    'as the current one': (currentPassword: string) =>
      client.send(ChangePasswordDocument, {
        input: { currentPassword, newPassword: 'a passphrase made anew', revokeOthers: true },
      }),
    'as the next one': (newPassword: string) =>
      client.send(ChangePasswordDocument, { input: { currentPassword: PASSWORD, newPassword, revokeOthers: true } }),
  }

  it('costs one Argon2 when it is short enough, so that the rest means something', async () => {
    hashed = 0
    expect(codeOf(await tries['at sign-in'](long(1024)))).toBe('UNAUTHENTICATED')
    expect(hashed).toBe(1)
  })

  it.each([
    ['as the one of a new account', 1025, 400, 'BAD_USER_INPUT'],
    ['as the next one', 1025, 400, 'BAD_USER_INPUT'],
    ...Object.keys(tries).flatMap((where) => [
      [where, 4097, 400, 'BAD_USER_INPUT'],
      [where, 90_000, 400, 'BAD_USER_INPUT'],
      [where, 1_000_000, 413, 'DOCUMENT_TOO_LARGE'],
    ]),
  ] as [keyof typeof tries, number, number, string][])(
    'is refused %s with %d bytes before anything is hashed or stored',
    async (where, length, status, code) => {
      const before = await storedAccount(gateway, email)
      hashed = 0
      const refused = await tries[where](long(length))
      expect([refused.status, codeOf(refused), hashed]).toEqual([status, code, 0])
      expect(await storedAccount(gateway, email)).toEqual(before)
      const confirmations = await storedIn(gateway, 'confirmations')
      expect(confirmations.filter((each) => each['email'] === 'long@example.com')).toEqual([])
    },
  )
})
