import { AUDIT_EVENTS } from '../../src/store/audit-repository.js'
import { openStore, type Store } from '../../src/store/index.js'
import { compileGateway, type Finished, type GatewayProgram } from '../support/gateway-process.js'
import { startGateway, STORES } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { withTotp } from '../support/person.js'

let program: GatewayProgram
beforeAll(async () => {
  program = await compileGateway()
}, 60_000)
afterAll(() => program.discard())

interface StoredEvent {
  readonly _id: string
  readonly sequence: number
  readonly hash: string
  readonly outcome: string
}

describe.each(STORES)('stepgate audit verify, as an operator runs it on the %s store', (kind) => {
  const EDITED = 5
  let kept: KeptDirectory
  let events: readonly StoredEvent[]
  let head: string

  beforeAll(async () => {
    kept = await keptDirectory(kind)
    const gateway = await startGateway({ env: kept.env })
    await withTotp(gateway)
    await gateway.close()
    events = await inspect(async (store) => {
      return store.collection<StoredEvent>(AUDIT_EVENTS).find({}, { sort: { sequence: 1 } })
    })
  })
  afterAll(() => kept.remove())

  /** What is kept, past the gateway. */
  async function inspect<T>(look: (store: Store) => Promise<T>): Promise<T> {
    const { MONGODB_URI: mongodbUri } = kept.env
    const store = await openStore({ dataDirectory: kept.env.STEPGATE_DATA_DIR, ...(mongodbUri ? { mongodbUri } : {}) })
    store.collection(AUDIT_EVENTS)
    await store.prepare()
    try {
      return await look(store)
    } finally {
      await store.close()
    }
  }

  const verify = (...more: readonly string[]): Promise<Finished> => program.run(['audit', 'verify', ...more], kept.env)
  const setOutcome = (sequence: number, outcome: string) =>
    inspect((store) => store.collection<StoredEvent>(AUDIT_EVENTS).updateOne({ sequence }, { $set: { outcome } }))

  it('ends with status 0 on an intact log, and says where it ends', async () => {
    expect(events.length).toBeGreaterThan(EDITED)
    const { status, stdout, stderr } = await verify()
    expect([status, stderr]).toEqual([0, ''])
    const [first, second] = stdout.split('\n')
    expect(first).toBe(`The audit log is intact: ${events.length} events checked.`)
    head = /^Head: (\d+:[0-9a-f]{64})$/.exec(second ?? '')?.[1] ?? ''
    expect(head).toBe(`${events.length}:${events.at(-1)?.hash ?? ''}`)
  })

  it('takes the head it printed, and ends with status 1 when the log does not reach a head', async () => {
    expect((await verify('--head', head)).status).toBe(0)
    const { status, stdout } = await verify('--head', `${events.length + 1}:${'0'.repeat(64)}`)
    expect(status).toBe(1)
    expect(stdout).toContain(`event ${events.length + 1} is missing`)
  })

  it('ends with status 1 and names the event once one was edited', async () => {
    const event = events.find(({ sequence }) => sequence === EDITED)
    await setOutcome(EDITED, 'DENIED')
    const { status, stdout, stderr } = await verify()
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout.split('\n')).toEqual([
      `The audit log is broken at event ${EDITED} (${event?._id ?? ''}): EDITED, event ${EDITED} is not what was written.`,
      `${EDITED - 1} events before it are as they were written.`,
      '',
    ])
  })
})
