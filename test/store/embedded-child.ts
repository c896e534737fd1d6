/** A process of its own that uses the embedded store in the directory given, and says on stdout what was acknowledged. */
import { writeSync } from 'node:fs'
import { systemClock } from '../../src/kernel/clock.js'
import { silentLogger } from '../../src/kernel/logger.js'
import type { Stored } from '../../src/store/collection.js'
// Not through the front door, which also loads the MongoDB driver: these processes are started often.
import { createEmbeddedStore } from '../../src/store/embedded/embedded-store.js'

const [directory, task] = process.argv.slice(2)
const say = (word: string): void => void writeSync(1, `${word}\n`)

const store = createEmbeddedStore({
  directory: directory ?? null,
  durable: true,
  clock: systemClock,
  logger: silentLogger,
})
const rows = store.collection<Stored & { readonly n: number; readonly text?: string }>({ name: 'rows', indexes: [] })
try {
  await store.prepare()
  say('ready')
} catch (error) {
  say((error as Error).name)
  process.exit(3)
}
if (task === 'hold') setInterval(() => undefined, 1000)
if (task === 'write') await Promise.all([insertForEver(), countForEver(), replaceForEver(), rewriteForEver()])

async function insertForEver(): Promise<never> {
  for (let n = 0; ; n++) {
    const _id = `${process.pid}-${n}`
    await rows.insert([{ _id, n, text: 'x'.repeat(n % 5000) }])
    say(`insert ${_id}`)
  }
}

async function countForEver(): Promise<never> {
  for (;;) {
    const row = await rows.updateOne({ _id: 'counter' }, { $inc: { n: 1 } }, { upsert: true })
    say(`count ${String(row?.n)}`)
  }
}

async function replaceForEver(): Promise<never> {
  for (let n = 0; ; n++) {
    const _id = `gone-${process.pid}-${n}`
    await rows.insert([{ _id, n }])
    await rows.deleteMany({ _id })
    say(`gone ${_id}`)
  }
}

async function rewriteForEver(): Promise<never> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    await store.purge()
    say('rewritten')
  }
}
