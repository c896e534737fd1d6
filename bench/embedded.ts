import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CloseAccountDocument, MeDocument } from '../schema/generated/graphql.js'
import { newKeyText } from '../src/config/index.js'
import { dataOf } from '../test/support/client.js'
import { compileGateway } from '../test/support/gateway-process.js'
import { makeStore } from './support/embedded/make-store.js'
import { startProbed, type ProbedGateway } from './support/embedded/probed-gateway.js'
import { enrolled } from './support/gateway-side.js'
import { printResult, printTable, rounded } from './support/report.js'

// The embedded store when it is full: how long a start takes, what it costs in memory, how long the gateway does not
// answer, and how far its file grows.
const SIZES = { accounts: Number(process.argv[2] ?? 5_000), events: Number(process.argv[3] ?? 50_000) }
const STARTS = 3
const LOAD = { people: 4, requests: 3_000 }
const QUIET_MS = 3_000

const directory = await mkdtemp(join(tmpdir(), 'stepgate-bench-'))
const file = join(directory, 'store.journal')
const env = {
  STEPGATE_DATA_DIR: directory,
  STEPGATE_KEYS: newKeyText(),
  STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/3600',
}
const program = await compileGateway()
try {
  await measure()
} finally {
  await program.discard()
  await rm(directory, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const liveBytes = await makeStore(directory, SIZES)
  const made = (await stat(file)).size
  const rows: (string | number)[][] = []
  const starts: number[] = []
  const cpu: number[] = []
  for (let n = 1; n < STARTS; n += 1) {
    const gateway = await startProbed(program.entry, env)
    starts.push(gateway.startMs)
    cpu.push((await gateway.ask('look')).cpuMs)
    await gateway.stop()
  }
  const gateway = await startProbed(program.entry, env)
  starts.push(gateway.startMs)
  await gateway.ask('reset')
  await sleep(QUIET_MS)
  const rested = await gateway.ask('collect')
  rows.push(['after the start', mb(rested.rss), ms(rested.longestBlockMs), share(await size(), liveBytes)])
  const serving = await underLoad(gateway)
  rows.push(['while serving', mb(serving.rss), ms(serving.longestBlockMs), share(await size(), liveBytes)])
  const erasing = await whileErasing(gateway)
  rows.push([
    'while the file is rewritten',
    mb(erasing.rss),
    ms(erasing.longestBlockMs),
    share(await size(), liveBytes),
  ])
  const { rss } = await gateway.ask('collect')
  await gateway.stop()

  console.log(
    `${SIZES.accounts} accounts and ${SIZES.events} events: ${mb(liveBytes)} as JSON, ${mb(made)} as first written.\n`,
  )
  printTable([['', 'memory', 'longest block', 'file to live data'], ...rows])
  console.log(`\nStarts: ${starts.map(ms).join(', ')}; processor time of a start: ${cpu.map(ms).join(', ')}.`)
  printResult('embedded', {
    ...SIZES,
    startMs: rounded(Math.min(...starts), 0),
    startCpuMs: rounded(Math.min(...cpu), 0),
    rssMb: rounded(rss / 1e6, 0),
    blockAtStartMs: rounded(rested.longestBlockMs, 0),
    blockServingMs: rounded(serving.longestBlockMs, 0),
    blockRewritingMs: rounded(erasing.longestBlockMs, 0),
    fileToLive: rounded(made / liveBytes, 2),
  })
}

/** People who ask for themselves, one request after the other; each request is a write of its own. */
async function underLoad(gateway: ProbedGateway) {
  const people = await Promise.all(
    Array.from({ length: LOAD.people }, (_, n) => enrolled(gateway.url, `bench-${n}@example.com`)),
  )
  await gateway.ask('reset')
  await Promise.all(
    people.map(async ({ client }) => {
      for (let n = 0; n < LOAD.requests / LOAD.people; n += 1) dataOf(await client.send(MeDocument))
    }),
  )
  return gateway.ask('look')
}

/** One account is closed, so the file is rewritten without it, while another account keeps sending requests. */
async function whileErasing(gateway: ProbedGateway) {
  const [leaves, stays] = [
    await enrolled(gateway.url, 'leaves@example.com'),
    await enrolled(gateway.url, 'stays@example.com'),
  ]
  await gateway.ask('reset')
  dataOf(await leaves.client.send(CloseAccountDocument, { input: { password: 'a rather long passphrase' } }))
  const until = performance.now() + 2 * QUIET_MS
  while (performance.now() < until) dataOf(await stays.client.send(MeDocument))
  return gateway.ask('look')
}

async function size(): Promise<number> {
  return (await stat(file)).size
}

function mb(bytes: number): string {
  return `${rounded(bytes / 1e6, 0)} MB`
}

function ms(value: number): string {
  return `${rounded(value, 0)} ms`
}

function share(bytes: number, live: number): number {
  return rounded(bytes / live, 2)
}
