import { NO_EVENTS } from '../../src/audit/index.js'
import type { AccountId, ServiceKeyId } from '../../src/kernel/ids.js'
import { createServiceKeyDirectory, type ServiceKey, type ServiceKeyDirectory } from '../../src/service-keys/index.js'
import { openRepositories } from '../../src/store/index.js'
import { until } from '../support/gateway.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'

const NOW = new Date('2100-03-01T09:00:00.000Z')
const ID = 'K'.repeat(22) as ServiceKeyId

const KEY: ServiceKey = {
  id: ID,
  name: 'Shop backend',
  tenant: 'shop',
  audience: 'https://shop.example',
  scopes: ['AUTHENTICATE'],
  createdAt: NOW,
  createdBy: 'A'.repeat(22) as AccountId,
  expiresAt: new Date('2101-03-01T09:00:00.000Z'),
  revokedAt: null,
  lastUsedAt: null,
  secretHash: 'hash',
  former: [],
}

describe.each(STORES)('the service keys that a process has cached, from the %s store', (kind) => {
  let own: OwnStore
  let keys: ReturnType<typeof openRepositories>['serviceKeys']
  let directory: ServiceKeyDirectory

  beforeEach(async () => {
    own = await ownStore(kind)
    keys = openRepositories(own.store, async () => OPEN_RULES).serviceKeys
    await own.store.prepare()
    await keys.create(KEY, NO_EVENTS)
    directory = createServiceKeyDirectory(keys)
  })
  afterEach(async () => {
    await directory.close()
    await own.discard()
  })

  it('are read once for any number of requests', async () => {
    expect(await directory.find(ID)).toEqual(KEY)
    const before = own.store.roundTrips
    for (let nth = 0; nth < 500; nth += 1) await directory.find(ID)
    expect(own.store.roundTrips - before).toBeLessThanOrEqual(2)
  })

  it('are revoked within a second of another process doing it, however often they are used', async () => {
    expect(await directory.find(ID)).toMatchObject({ revokedAt: null })
    await keys.revoke(ID, NOW, () => NO_EVENTS)
    const revokedAt = performance.now()
    await until(async () => (await directory.find(ID))?.revokedAt ?? null)
    expect(performance.now() - revokedAt).toBeLessThan(1000)
  })

  it('are read again at once after a change in this process', async () => {
    await directory.find(ID)
    await keys.revoke(ID, NOW, () => NO_EVENTS)
    directory.expire()
    expect(await directory.find(ID)).toMatchObject({ revokedAt: NOW })
  })

  it('are read every time when there is none: anyone can make up an id', async () => {
    const made = 'N'.repeat(22) as ServiceKeyId
    expect(await directory.find(made)).toBeNull()
    await keys.create({ ...KEY, id: made }, NO_EVENTS)
    expect(await directory.find(made)).toMatchObject({ id: made })
  })

  it('authenticate no one a second after the store stopped answering', async () => {
    let answers = true
    const lost = createServiceKeyDirectory({
      findThese: (ids) => (answers ? keys.findThese(ids) : Promise.reject(new Error('no answer'))),
    })
    expect(await lost.find(ID)).toEqual(KEY)
    answers = false
    await new Promise((resolve) => setTimeout(resolve, 900))
    await expect(lost.find(ID)).rejects.toThrow('no answer')
    answers = true
    expect(await lost.find(ID)).toEqual(KEY)
    await lost.close()
  })
})
