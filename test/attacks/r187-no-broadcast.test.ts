import { readFile } from 'node:fs/promises'
import {
  ChallengeFactorDocument,
  MeDocument,
  SignInDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { openRepositories, openStore, type CollectionSpec } from '../../src/store/index.js'
import { guess, ROOMY } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { askForLink, followLink } from '../support/links.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { PASSKEY_ENV, passkeyOptions, presentPasskey, withPasskey } from '../support/passkeys.js'
import { PASSWORD, registered, withTotp } from '../support/person.js'
import { isTargeted, ON_ONE_SHARD, recordedStore, SHARD_KEYS } from '../support/shard-keys.js'

const ENV = { ...ROOMY, ...PASSKEY_ENV, STEPGATE_STORE_SHARDED: 'on', STEPGATE_AUDIT_LINGER: '60000' }

describe.each(STORES)('R187 a sharded cluster, with the commands that the %s store is sent', (store) => {
  const recorded = recordedStore()
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ store, env: ENV, wrapStore: recorded.wrap })
  })
  afterAll(() => gateway.close())

  /** The commands on the way to an answer. Each names the shards it concerns. */
  async function commandsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const sent = await recorded.during(work)
    expect(sent.filter((command) => !isTargeted(command))).toEqual([])
    return sent.map(({ collection, verb }) => `${collection}.${verb}`)
  }

  it('is asked for no account by anything but an id at a sign-in, its challenge and its answer', async () => {
    const { email, authenticator } = await withTotp(gateway)
    await gateway.app.drainAudit()
    const { factorId } = authenticator
    const client = gateway.client({ userAgent: CHROME })
    const signIn = (password: string) => client.send(SignInDocument, { input: { email, password } })
    expect(await commandsOf(async () => dataOf(await signIn(PASSWORD)))).toEqual([
      'names.follow',
      'limits.find',
      'accounts.changeOne',
    ])
    let id = ''
    const challenged = await commandsOf(async () => {
      id = dataOf(await client.send(ChallengeFactorDocument, { input: { factorId } })).challengeFactor.id
    })
    expect(challenged).toHaveLength(2)
    await commandsOf(async () => expect(await guess(client, id, '000000')).toBe('CODE_INVALID'))
    const input = { challengeId: id, code: authenticator.code() }
    const verified = await commandsOf(async () => dataOf(await client.send(VerifyChallengeDocument, { input })))
    expect(verified).toHaveLength(3)
    expect(await commandsOf(async () => dataOf(await client.send(MeDocument)))).toHaveLength(1)
    gateway.clock.advance(61)
    expect(await commandsOf(async () => dataOf(await client.send(MeDocument)))).toEqual(['accounts.updateOne'])
    await commandsOf(() => gateway.app.drainAudit())
  })

  it('is not asked on all shards for a wrong password either, nor for an address without an account', async () => {
    const email = await registered(gateway)
    for (const each of [email, 'nobody@example.com']) {
      const input = { email: each, password: 'a wrong passphrase' }
      const commands = await commandsOf(async () =>
        expect(codeOf(await gateway.client().send(SignInDocument, { input }))).toBe('UNAUTHENTICATED'),
      )
      expect(commands.filter((command) => command.startsWith('names.'))).toEqual(['names.follow'])
      expect(commands.filter((command) => command.startsWith('accounts.'))).toEqual([])
    }
  })

  it('names the shards of a code answered in one call', async () => {
    const { email, authenticator } = await withTotp(gateway)
    await gateway.app.drainAudit()
    const client = gateway.client({ userAgent: CHROME })
    dataOf(await client.send(SignInDocument, { input: { email, password: PASSWORD } }))
    const input = { factorId: authenticator.factorId, code: authenticator.code() }
    expect(await commandsOf(async () => dataOf(await client.send(VerifyChallengeDocument, { input })))).toHaveLength(3)
  })

  it('names the shards of a refresh', async () => {
    const { refreshToken } = await signInApp(gateway, await registered(gateway))
    await commandsOf(async () => dataOf(await refresh(gateway, refreshToken)))
  })

  it('names the shards of a sign-in by link and by passkey', async () => {
    const client = gateway.client()
    const { email, passkey } = await withPasskey(gateway)
    const { token } = await askForLink(gateway, email, client)
    await commandsOf(async () => dataOf(await followLink(client, token)))
    const stranger = gateway.client()
    const answer = passkey.get(await passkeyOptions(stranger))
    await commandsOf(async () => dataOf(await presentPasskey(stranger, answer)))
  })
})

describe('R187 the collections', () => {
  const specs = new Map<string, CollectionSpec>()
  beforeAll(async () => {
    const store = await openStore({ dataDirectory: null })
    const collection: typeof store.collection = (spec) => {
      specs.set(spec.name, spec)
      return store.collection(spec)
    }
    openRepositories({ ...store, collection }, async () => OPEN_RULES)
    await store.close()
  })

  it('each have a shard key or stay on one shard', () => {
    expect([...specs.keys()].toSorted()).toEqual([...Object.keys(SHARD_KEYS), ...ON_ONE_SHARD].toSorted())
  })

  it('are described with these keys', async () => {
    const guide = await readFile('docs/scaling.md', 'utf8')
    const rows = [...guide.matchAll(/^\| `(\w+)` +\| `(\w+)`, (?:hashed|in ranges) +\|/gm)]
    expect(Object.fromEntries(rows.map(([, name, key]) => [name, key]))).toEqual(SHARD_KEYS)
    for (const name of ON_ONE_SHARD) expect(guide).toContain(`\`${name}\``)
  })

  it('have no unique index without their shard key', () => {
    const unique = [...specs.values()].flatMap(({ name, indexes }) =>
      indexes.filter((index) => index.unique === true).map(({ fields }) => [name, Object.keys(fields)[0]] as const),
    )
    expect(unique.filter(([name]) => SHARD_KEYS[name])).toEqual([['auditEvents', 'sequence']])
    expect(unique.every(([name, field]) => (SHARD_KEYS[name] ?? field) === field)).toBe(true)
  })
})
