import { startGateway, type GatewayOptions, type TestGateway } from './gateway.js'

/** A gateway for the tests of a block: it starts before the first and closes after the last. */
export const gatewayForAll = (options: GatewayOptions = {}): TestGateway => lent(options, beforeAll, afterAll)

/** A separate gateway for each test of a block. */
export const gatewayForEach = (options: GatewayOptions = {}): TestGateway => lent(options, beforeEach, afterEach)

type Hook = (work: () => Promise<void>) => void

/** Represents the running gateway, so that a block can refer to it before it starts. */
function lent(options: GatewayOptions, before: Hook, after: Hook): TestGateway {
  let running: TestGateway | null = null
  before(async () => {
    running = await startGateway(options)
  })
  after(async () => {
    await running?.close()
    running = null
  })
  const target = (): TestGateway => {
    if (!running) throw new Error('the gateway runs only during tests')
    return running
  }
  return new Proxy({} as TestGateway, {
    get: (_, name) => Reflect.get(target(), name) as unknown,
    has: (_, name) => name in target(),
    // For tests that spread it.
    ownKeys: () => Reflect.ownKeys(target()),
    getOwnPropertyDescriptor: (_, name) => {
      const found = Reflect.getOwnPropertyDescriptor(target(), name)
      return found && { ...found, configurable: true }
    },
  })
}
