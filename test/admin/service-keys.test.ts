import {
  CreateServiceKeyDocument,
  RevokeServiceKeyDocument,
  RotateServiceKeyDocument,
  ServiceKeysDocument,
  type CreateServiceKeyInput,
  type ServiceKeysQuery,
} from '../../schema/generated/graphql.js'
import { serviceKeyRepository } from '../../src/store/service-key-repository.js'
import type { ServiceKeyId } from '../../src/kernel/ids.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { backendOf, eventsNamed, keyInput, newOperator } from '../support/services.js'

const DAY = 86_400

describe.each(STORES)('an operator and the keys of backends, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_MAX_SERVICE_KEYS: '6' } })
    operator = await newOperator(gateway)
  })
  beforeEach(async () => {
    operator = await signedInAnew(operator)
    for (const key of await keysOf()) if (key.revokedAt === null) await revoke(key.id)
  })
  afterAll(() => gateway.close())

  /** Signs in again: sessions end after a day, and some tests take longer. */
  async function signedInAnew(person: PersonWithFactor): Promise<PersonWithFactor> {
    const { client } = await signIn(gateway, ADMIN)
    await stepUp(gateway, client, person.authenticator)
    return { ...person, client }
  }
  const create = (over: Partial<CreateServiceKeyInput> = {}) =>
    operator.client.send(CreateServiceKeyDocument, { input: keyInput(over) })
  const created = async (over: Partial<CreateServiceKeyInput> = {}) => dataOf(await create(over)).createServiceKey
  const rotate = (id: string, expiresAt: string | null = null) =>
    operator.client.send(RotateServiceKeyDocument, { id, expiresAt })
  const revoke = (id: string) => operator.client.send(RevokeServiceKeyDocument, { id })
  const keysOf = async () =>
    dataOf(await operator.client.send(ServiceKeysDocument, { first: 100 })).serviceKeys.edges.map(({ node }) => node)
  const works = async (secret: string) => codeOf(await backendOf(gateway, secret).send('somebody')) === null
  const inDays = (days: number) => new Date(gateway.clock.now().getTime() + days * DAY * 1000).toISOString()

  it('creates one, shows its secret once, and stores only a hash', async () => {
    const { key, secret } = await created({ name: ' Shop ', scopes: ['AUTHENTICATE', 'AUTHENTICATE'] })
    expect(secret).toMatch(/^sgk_[A-Za-z0-9_-]{71}$/)
    expect(secret.slice(4, 26)).toBe(key.id)
    expect(key).toMatchObject({
      name: 'Shop',
      tenant: 'shop',
      scopes: ['AUTHENTICATE'],
      lastUsedAt: null,
      revokedAt: null,
      formerWorksUntil: null,
      expiresAt: inDays(365),
    })
    const listed = await operator.client.send(ServiceKeysDocument, {})
    expect(listed.text).toContain(key.id)
    const stored = JSON.stringify(await serviceKeyRepository(gateway.store).find(key.id as ServiceKeyId))
    for (const text of [listed.text, stored, JSON.stringify(await eventsNamed(gateway, 'service_key.created'))]) {
      expect(text).not.toContain(secret.slice(26, 60))
    }
  })

  it('sees its history in the audit log', async () => {
    const { key } = await created()
    dataOf(await rotate(key.id))
    dataOf(await revoke(key.id))
    const events = await eventsNamed(gateway, 'service_key.created', 'service_key.rotated', 'service_key.revoked')
    const own = events.filter(({ targets }) => targets[0]?.id === key.id)
    expect(own.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['service_key.created', 'SUCCESS'],
      ['service_key.rotated', 'SUCCESS'],
      ['service_key.revoked', 'SUCCESS'],
    ])
    expect(own[0]).toMatchObject({
      actor: { type: 'ACCOUNT' },
      metadata: { name: 'Shop backend', tenant: 'shop', scopes: ['AUTHENTICATE', 'READ_SUBJECTS'] },
    })
  })

  it.each<[string, Partial<CreateServiceKeyInput>, string[]]>([
    ['no scopes', { scopes: [] }, ['scopes']],
    ['a tenant with a colon', { tenant: 'shop:1' }, ['tenant']],
    ['a tenant in capitals', { tenant: 'Shop' }, ['tenant']],
    ['an empty tenant', { tenant: '' }, ['tenant']],
    ['an audience with a space', { audience: 'a b' }, ['audience']],
    ['the gateway itself as audience', { audience: 'http://localhost:0' }, ['audience']],
    ['an empty name', { name: ' ' }, ['name']],
    ['a name with a line break', { name: 'a\nb' }, ['name']],
    ['an end that has passed', { expiresAt: '2100-01-01T00:00:00.000Z' }, ['expiresAt']],
    ['an end that is too far', { expiresAt: '2199-01-01T00:00:00.000Z' }, ['expiresAt']],
  ])('is refused a key with %s', async (_, over, fields) => {
    const refused = await create(over)
    expect([codeOf(refused), refused.errors[0]?.extensions['fields']]).toEqual(['BAD_USER_INPUT', fields])
  })

  it('has a limited number of valid ones, until one is revoked', async () => {
    const made = [await created(), await created(), await created(), await created(), await created(), await created()]
    expect(codeOf(await create())).toBe('BAD_USER_INPUT')
    dataOf(await revoke(made[0]!.key.id))
    expect(codeOf(await create())).toBeNull()
  })

  it('rotates one: both secrets work until the overlap ends, then only the new one', async () => {
    const { key, secret: old } = await created()
    const rotated = dataOf(await rotate(key.id)).rotateServiceKey
    expect(rotated.key).toMatchObject({ id: key.id, formerWorksUntil: inDays(1), expiresAt: key.expiresAt })
    expect(rotated.secret).not.toBe(old)
    expect([await works(old), await works(rotated.secret)]).toEqual([true, true])
    gateway.clock.advance(DAY - 1)
    expect(await works(old)).toBe(true)
    gateway.clock.advance(1)
    expect([await works(old), await works(rotated.secret)]).toEqual([false, true])
  })

  it('rotates it again when the answer was lost, without stopping a backend', async () => {
    const { key, secret: old } = await created()
    const lost = dataOf(await rotate(key.id)).rotateServiceKey.secret
    const { secret } = dataOf(await rotate(key.id)).rotateServiceKey
    expect([await works(old), await works(lost), await works(secret)]).toEqual([true, true, true])
  })

  it('rotates it ten times at once, and gets as many secrets as succeeded, all of which work', async () => {
    const { key } = await created()
    const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(key.id)))
    const won = answers.filter((answer) => codeOf(answer) === null).map((answer) => dataOf(answer).rotateServiceKey)
    expect(won.length).toBeGreaterThan(0)
    for (const answer of answers) expect(['UNAVAILABLE', null]).toContain(codeOf(answer))
    const events = await eventsNamed(gateway, 'service_key.rotated')
    expect(events.filter(({ targets }) => targets[0]?.id === key.id)).toHaveLength(won.length)
    expect(await works(won.at(-1)!.secret)).toBe(true)
  })

  it('changes its expiry while rotating, within the maximum lifetime', async () => {
    const { key } = await created({ expiresAt: inDays(2) })
    expect(dataOf(await rotate(key.id, inDays(9))).rotateServiceKey.key.expiresAt).toBe(inDays(9))
    expect(codeOf(await rotate(key.id, inDays(366)))).toBe('BAD_USER_INPUT')
  })

  it('revokes one, once, and neither of its secrets works', async () => {
    const { key, secret: old } = await created()
    const { secret } = dataOf(await rotate(key.id)).rotateServiceKey
    expect(dataOf(await revoke(key.id)).revokeServiceKey.key.revokedAt).toBe(inDays(0))
    expect([await works(old), await works(secret)]).toEqual([false, false])
    expect([codeOf(await revoke(key.id)), codeOf(await rotate(key.id))]).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT'])
  })

  it('sees when one was last used, to about an hour', async () => {
    const { key, secret } = await created()
    const lastUsed = async () => (await keysOf()).find(({ id }) => id === key.id)?.lastUsedAt
    await works(secret)
    const first = inDays(0)
    gateway.clock.advance(3599)
    await works(secret)
    operator = await signedInAnew(operator)
    expect(await lastUsed()).toBe(first)
    await works(secret)
    expect(Date.parse((await lastUsed()) ?? '')).toBeGreaterThan(Date.parse(first))
  })

  it('turns the pages, newest first, and accepts no foreign cursor', async () => {
    const made = [await created(), await created(), await created()].map(({ key }) => key.id)
    const all = (await keysOf()).map(({ id }) => id)
    expect(new Set(all.slice(0, 3))).toEqual(new Set(made))
    const seen: string[] = []
    let after: string | null = null
    do {
      const { serviceKeys }: ServiceKeysQuery = dataOf(
        await operator.client.send(ServiceKeysDocument, { first: 2, after }),
      )
      seen.push(...serviceKeys.edges.map(({ node }) => node.id))
      after = serviceKeys.pageInfo.hasNextPage ? (serviceKeys.pageInfo.endCursor ?? null) : null
    } while (after !== null)
    expect(seen).toEqual(all)
    const refused = await operator.client.send(ServiceKeysDocument, { after: 'AAAA' })
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
  })

  it('needs a fresh second factor for it, and no one else is admitted', async () => {
    const { key } = await created()
    const { client: stranger } = await withTotp(gateway)
    gateway.clock.advance(901)
    const id = key.id
    const asked = [
      await create(),
      await rotate(id),
      await revoke(id),
      await operator.client.send(ServiceKeysDocument, {}),
    ]
    expect(asked.map(codeOf)).toEqual(Array.from({ length: 4 }, () => 'STEP_UP_REQUIRED'))
    const denied = [
      await stranger.send(CreateServiceKeyDocument, { input: keyInput() }),
      await stranger.send(RotateServiceKeyDocument, { id }),
      await stranger.send(RevokeServiceKeyDocument, { id }),
      await stranger.send(ServiceKeysDocument, {}),
    ]
    expect(denied.map(codeOf)).toEqual(Array.from({ length: 4 }, () => 'FORBIDDEN'))
  })
})
