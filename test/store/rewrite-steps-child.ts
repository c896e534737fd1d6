/**
 * Writes the journal of the directory given anew while it is in use, and copies at every step what a kill at that moment
 * would leave, with what was acknowledged by then, to `<directory>.<step>`.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

const real = { ...fs }
const directory = process.argv[2] ?? ''
const acknowledged: Record<string, number> = {}
let isWatched = false
const GONE = -1
let steps = 0

function step(): void {
  if (!isWatched) return
  const copy = `${directory}.${(steps += 1)}`
  real.mkdirSync(copy)
  for (const name of ['store.journal', 'store.journal~']) {
    if (real.existsSync(join(directory, name))) real.copyFileSync(join(directory, name), join(copy, name))
  }
  real.writeFileSync(join(copy, 'acknowledged'), JSON.stringify(acknowledged))
}

const around = <Call extends (...input: never[]) => unknown>(call: Call): Call =>
  ((...input: Parameters<Call>) => {
    step()
    const answer = call(...input)
    step()
    return answer
  }) as Call

Object.assign(fs, {
  openSync: around(real.openSync),
  writeSync: around(real.writeSync),
  fdatasync: around(real.fdatasync),
  renameSync: around(real.renameSync),
  fsync: around(real.fsync),
})
syncBuiltinESMExports()

const { systemClock } = await import('../../src/kernel/clock.js')
const { silentLogger } = await import('../../src/kernel/logger.js')
const { createEmbeddedStore } = await import('../../src/store/embedded/embedded-store.js')

const store = createEmbeddedStore({ directory, durable: true, clock: systemClock, logger: silentLogger })
const rows = store.collection<{ readonly _id: string; readonly n: number; readonly text: string }>({
  name: 'rows',
  indexes: [{ fields: { n: 1 } }],
})
await store.prepare()
const text = 'x'.repeat(2_000)
await rows.insert(Array.from({ length: 150 }, (_, n) => ({ _id: `r${n}`, n: 0, text })))
for (let n = 0; n < 150; n += 1) acknowledged[`r${n}`] = 0
await rows.updateOne({ _id: 'r0' }, { $inc: { n: 1 } })
acknowledged['r0'] = 1

async function removed(_id: string): Promise<void> {
  // Until it is said, it may be there or not.
  Reflect.deleteProperty(acknowledged, _id)
  await rows.deleteMany({ _id })
  acknowledged[_id] = GONE
}

isWatched = true
const purge = { isDone: false }
const purging = store.purge().then(() => (purge.isDone = true))
for (let n = 1; !purge.isDone; n += 1) {
  // One that is copied first, one that is copied last, a new one and one that goes.
  await Promise.all([
    ...['r0', 'r149'].map(async (_id) => {
      acknowledged[_id] = (await rows.updateOne({ _id }, { $inc: { n: 1 } }))?.n ?? -1
    }),
    rows.insert([{ _id: `new${n}`, n, text: '' }]).then(() => (acknowledged[`new${n}`] = n)),
    removed(`r${n}`),
  ])
}
await purging
isWatched = false
await store.close()
real.writeSync(1, `${steps}\n`)
process.exit(0)
