import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  readonly sequence: string
  readonly hash: string
  readonly outcome: string
}

describe.each(STORES)('stepgate audit verify, as an operator runs it on the %s store', (kind) => {
  const EDITED = 5
  let kept: KeptDirectory
  let events: readonly StoredEvent[]
  let checkpoint: string
  let published: unknown

  beforeAll(async () => {
    kept = await keptDirectory(kind)
    const gateway = await startGateway({ env: kept.env })
    await withTotp(gateway)
    published = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json()
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
  const setOutcome = (_id: string, outcome: string) =>
    inspect((store) => store.collection<StoredEvent>(AUDIT_EVENTS).updateOne({ _id }, { $set: { outcome } }))

  it('ends with status 0 on an intact log, and says where it ends', async () => {
    expect(events.length).toBeGreaterThan(EDITED)
    const { status, stdout, stderr } = await verify()
    expect([status, stderr]).toEqual([0, ''])
    const [first, second] = stdout.split('\n')
    expect(first).toBe(`The audit log is intact: ${events.length} events checked.`)
    checkpoint = /^Checkpoint: (\d+:[0-9a-f]{64})$/.exec(second ?? '')?.[1] ?? ''
    // The gateway covered everything as it stopped.
    expect(checkpoint).toMatch(/^1:/)
  })

  it('takes the checkpoint it printed, and ends with status 1 when the log does not reach one', async () => {
    expect((await verify('--checkpoint', checkpoint)).status).toBe(0)
    const { status, stdout } = await verify('--checkpoint', `2:${'0'.repeat(64)}`)
    expect(status).toBe(1)
    expect(stdout).toContain('the log ends with checkpoint 1, and checkpoint 2 was noted')
  })

  it('resumes where a state file says it came to, and says so', async () => {
    const state = join(kept.env.STEPGATE_DATA_DIR, 'verified.json')
    expect((await verify('--state', state)).stdout).toContain(`${events.length} events checked.`)
    expect((await verify('--state', state)).stdout).toContain('0 events checked since checkpoint 1.')
    await writeFile(state, '{}')
    const { status, stderr } = await verify('--state', state)
    expect([status, stderr]).toEqual([2, expect.stringContaining('does not hold a checkpoint')])
  })

  it('proves an event, and checks the proof without the log', async () => {
    const id = events[EDITED]?._id ?? ''
    const { status, stdout } = await program.run(['audit', 'prove', id], kept.env)
    expect(status).toBe(0)
    const proof = join(kept.env.STEPGATE_DATA_DIR, 'proof.json')
    await writeFile(proof, stdout)
    const checked = await program.run(['audit', 'check', proof], { STEPGATE_KEYS: kept.env.STEPGATE_KEYS })
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining(`event ${id} `)])
    expect(checked.stdout).toContain(`Checkpoint: ${checkpoint}`)
    const jwks = join(kept.env.STEPGATE_DATA_DIR, 'jwks.json')
    await writeFile(jwks, JSON.stringify(published))
    expect((await program.run(['audit', 'check', proof, '--jwks', jwks], {})).status).toBe(0)
    await writeFile(proof, stdout.replace('"SUCCESS"', '"FAILURE"'))
    const forged = await program.run(['audit', 'check', proof, '--jwks', jwks], {})
    expect([forged.status, forged.stdout]).toEqual([1, 'The proof fails: the event is not what was written.\n'])
    const unknown = await program.run(['audit', 'prove', 'no-such-event'], kept.env)
    expect([unknown.status, unknown.stdout, unknown.stderr]).toEqual([1, '', 'There is no event with this id.\n'])
  })

  it('ends with status 2 when the log cannot be checked, so that nobody takes that for a break', async () => {
    const away = { ...kept.env, MONGODB_URI: 'mongodb://127.0.0.1:1/none' }
    expect(await program.run(['audit', 'verify'], away)).toMatchObject({ status: 2, stdout: '' })
    expect(await verify('--state', kept.env.STEPGATE_DATA_DIR)).toMatchObject({ status: 2, stdout: '' })
    expect(await verify('--checkpoint', 'nonsense')).toMatchObject({ status: 2, stdout: '' })
    expect(await program.run(['audit', 'check', join(kept.env.STEPGATE_DATA_DIR, 'nothing')], kept.env)).toMatchObject({
      status: 2,
      stdout: '',
    })
  })

  it('ends with status 1 and names the event once one was edited', async () => {
    const event = events[EDITED - 1]
    const place = `event ${EDITED} of stream ${event?.sequence.split('.')[0] ?? ''}`
    await setOutcome(event?._id ?? '', 'DENIED')
    const { status, stdout, stderr } = await verify()
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout.split('\n')).toEqual([
      `The audit log is broken at ${place} (${event?._id ?? ''}): EDITED, ${place} is not what was written.`,
      `${EDITED - 1} events before it are as they were written.`,
      '',
    ])
  })
})
