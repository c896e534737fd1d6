import { createPasswordHasher } from '../../src/accounts/index.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { registered, signIn } from '../support/person.js'
import { storedAccount } from '../support/stored.js'

const hashOf = async (gateway: TestGateway, email: string): Promise<string> =>
  String((await storedAccount(gateway, email))['passwordHash'])

describe.each(STORES)('R053 stored passwords, on the %s store', (store) => {
  let kept: KeptDirectory
  let email: string
  let before: string

  beforeAll(async () => {
    kept = await keptDirectory(store)
  })
  afterAll(() => kept.remove())

  it('are Argon2id with at least 19 MiB and two passes, stored with parameters and salt', async () => {
    const gateway = await startGateway({ env: { ...kept.env, STEPGATE_ARGON2_MEMORY: '19456' } })
    email = await registered(gateway)
    const twin = await registered(gateway)
    before = await hashOf(gateway, email)
    expect(before).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await hashOf(gateway, twin)).not.toBe(before)
    await gateway.close()
  })

  it('are rehashed at sign-in, and only once the configured cost has risen', async () => {
    const gateway = await startGateway({ env: { ...kept.env, STEPGATE_ARGON2_PASSES: '3' } })
    expect(await hashOf(gateway, email)).toBe(before)
    await signIn(gateway, email)
    const after = await hashOf(gateway, email)
    expect(after).toMatch(/^\$argon2id\$v=19\$m=19456,t=3,p=1\$/)
    await signIn(gateway, email)
    expect(await hashOf(gateway, email)).toBe(after)
    await gateway.close()
  })

  it('are not changed by a wrong password', async () => {
    const gateway = await startGateway({ env: { ...kept.env, STEPGATE_ARGON2_MEMORY: '32768' } })
    const now = await hashOf(gateway, email)
    await expect(signIn(gateway, email, { password: 'another long passphrase' })).rejects.toThrow('UNAUTHENTICATED')
    expect(await hashOf(gateway, email)).toBe(now)
    await gateway.close()
  })

  it('are outdated when any parameter or the algorithm differs', async () => {
    const cost = { memoryKib: 19_456, passes: 2, lanes: 1, concurrency: 1 }
    const hasher = await createPasswordHasher(cost)
    expect(hasher.isOutdated(await hasher.hash('a rather long passphrase'))).toBe(false)
    for (const hash of [
      '$argon2id$v=19$m=19456,t=3,p=1$c2FsdHNhbHQ$aGFzaA',
      '$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
      '$argon2id$v=19$m=19456,t=2,p=2$c2FsdHNhbHQ$aGFzaA',
      '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
    ]) {
      expect(hasher.isOutdated(hash)).toBe(true)
    }
  })
})
