/** Uses the embedded store in the directory given while writing, and later syncing, fails. Says what each call answers. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const real = { ...fs }
let failing: 'nothing' | 'write' | 'sync' = 'nothing'
Object.assign(fs, {
  writeSync: (descriptor: number, bytes: Buffer, offset: number) => {
    // Half of a line goes through before the disk is full.
    if (failing === 'write' && offset > 0)
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
    return real.writeSync(descriptor, bytes, offset, failing === 'write' ? bytes.length >> 1 : bytes.length - offset)
  },
  fdatasync: (descriptor: number, done: (error: Error | null) => void) => {
    if (failing === 'sync') done(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'fdatasync' }))
    else real.fdatasync(descriptor, done)
  },
})
syncBuiltinESMExports()

const { systemClock } = await import('../../src/kernel/clock.js')
const { silentLogger } = await import('../../src/kernel/logger.js')
const { createEmbeddedStore } = await import('../../src/store/embedded/embedded-store.js')

const directory = process.argv[2] ?? ''
const store = createEmbeddedStore({ directory, durable: true, clock: systemClock, logger: silentLogger })
const rows = store.collection<{ readonly _id: string; readonly n: number }>({
  name: 'rows',
  indexes: [{ fields: { n: 1 }, unique: true }],
})
const say = async (what: string, call: Promise<unknown>): Promise<void> => {
  const answer = await call.catch((error: unknown) => (error as Error).name)
  real.writeSync(1, `${what}: ${JSON.stringify(answer)}\n`)
}

await rows.insert([{ _id: 'a', n: 0 }])
failing = 'write'
await say('update when full', rows.updateOne({ _id: 'a' }, { $set: { n: 1 } }))
await say('insert when full', rows.insert([{ _id: 'b', n: 2 }]))
await say('delete when full', rows.deleteMany({}))
await say('read when full', rows.find({}))
failing = 'nothing'
await say('update with room again', rows.updateOne({ _id: 'a' }, { $set: { n: 2 } }))
failing = 'sync'
await say('insert when nothing is synced', rows.insert([{ _id: 'c', n: 3 }]))
failing = 'nothing'
await say('read after that', rows.find({}))
await say('update after that', rows.updateOne({ _id: 'a' }, { $set: { n: 4 } }))
await say('ping after that', store.ping())
process.exit(0)
