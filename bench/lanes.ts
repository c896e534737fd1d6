import { SignInDocument } from '../schema/generated/graphql.js'
import { createClient, type Client } from '../test/support/client.js'
import { startChild } from './support/child.js'
import { sendStrangers, type Attack } from './support/crowd-of-strangers.js'
import { PASSWORD, registeredAt } from './support/gateway-side.js'
import { printResult, printTable, rounded } from './support/report.js'

// Sign-ins of good people while strangers send wrong passwords or sign up, beside the same sign-ins without strangers.
// Both in turns, so that whatever else the machine does falls on both alike.
const PEOPLE = 12
const VICTIMS = 4
const ROUNDS = 5
const SAMPLES = 36
/** Long enough that good people do not keep each other waiting. */
const PAUSE_MS = 150

const KINDS = ['knownDevice', 'knownNetwork', 'newNetwork'] as const
type Kind = (typeof KINDS)[number]

const ATTACKS: readonly Attack[] = [
  { perMinute: 2_000, pattern: 'steady', asks: 'signIn' },
  { perMinute: 2_000, pattern: 'bursts', asks: 'signIn' },
  { perMinute: 1_000, pattern: 'steady', asks: 'signUp' },
]

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const server = await startChild(new URL('./support/lanes-child.ts', import.meta.url), store)
try {
  await measure()
} finally {
  await server.stop()
}

async function measure(): Promise<void> {
  const people = await settledPeople()
  const victims = Array.from({ length: VICTIMS }, (_, nth) => `victim${nth}@example.com`)
  for (const email of victims) await registeredAt(server.url, email)
  await signInAll(people, nothing())
  const results: Record<string, number> = {}
  const rows: (string | number)[][] = []
  for (const attack of ATTACKS) {
    const [quiet, attacked] = [nothing(), nothing()]
    const answered: Record<string, number> = {}
    for (let round = 0; round < ROUNDS; round += 1) {
      await signInAll(people, quiet)
      const strangers = sendStrangers(server.url, attack, victims)
      await pause(1_000)
      await signInAll(people, attacked)
      for (const [status, count] of Object.entries(await strangers.stop())) {
        answered[status] = (answered[status] ?? 0) + count
      }
      await pause(1_000)
    }
    const title = `${attack.perMinute} ${attack.asks} a minute, ${attack.pattern}`
    for (const kind of KINDS) {
      const [before, during] = [quiet[kind], attacked[kind]]
      const ratio = rounded(p95(during.ms) / p95(before.ms), 2)
      results[`${attack.asks}-${attack.pattern}-${kind}`] = ratio
      rows.push([title, kind, milliseconds(before), milliseconds(during), ratio, before.refused, during.refused])
    }
    console.log(`${title}: strangers were answered ${JSON.stringify(answered)}`)
  }
  console.log()
  printTable([['strangers', 'good people', 'p95 without', 'p95 with', 'ratio', 'refused without', 'with'], ...rows])
  printResult('lanes', { store, ...results })
}

interface Settled {
  readonly email: string
  readonly device: Client
  readonly home: string
}

/** People who have signed in from their own network before. */
async function settledPeople(): Promise<readonly Settled[]> {
  const people: Settled[] = []
  for (let nth = 0; nth < PEOPLE; nth += 1) {
    const [email, home] = [`person${nth}@example.com`, `198.51.${nth}.7`]
    await registeredAt(server.url, email)
    const device = createClient(server.url, { headers: { 'x-forwarded-for': home } })
    for (let time = 0; time < 4; time += 1) await arrives(device, email)
    people.push({ email, device, home })
  }
  return people
}

interface Taken {
  readonly ms: number[]
  refused: number
}

function nothing(): Record<Kind, Taken> {
  const none = (): Taken => ({ ms: [], refused: 0 })
  return { knownDevice: none(), knownNetwork: none(), newNetwork: none() }
}

/** Signs people in a little apart, each kind in turn, whether or not the one before is in. */
async function signInAll(people: readonly Settled[], taken: Record<Kind, Taken>): Promise<void> {
  const running: Promise<void>[] = []
  for (let nth = 0; nth < SAMPLES; nth += 1) {
    const kind = KINDS[nth % KINDS.length] ?? 'knownDevice'
    // Another person for every sample of a kind.
    const person = people[Math.floor(nth / KINDS.length) % people.length]
    if (!person) throw new Error('there are no people')
    running.push(sample(taken[kind], clientOf(kind, person), person.email))
    await pause(PAUSE_MS)
  }
  await Promise.all(running)
}

function clientOf(kind: Kind, { device, home }: Settled): Client {
  if (kind === 'knownDevice') return device
  const part = (): number => Math.floor(Math.random() * 250)
  const address = kind === 'knownNetwork' ? home : `100.${part()}.${part()}.9`
  return createClient(server.url, { headers: { 'x-forwarded-for': address } })
}

async function sample(taken: Taken, client: Client, email: string): Promise<void> {
  const startedAt = performance.now()
  const isIn = await arrives(client, email)
  taken.ms.push(performance.now() - startedAt)
  if (!isIn) taken.refused += 1
}

async function arrives(client: Client, email: string): Promise<boolean> {
  const answer = await client.send(SignInDocument, { input: { email, password: PASSWORD, transport: 'COOKIE' } })
  return answer.data?.signIn !== undefined
}

function milliseconds({ ms }: Taken): string {
  return `${p95(ms).toFixed(0)} ms`
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
}

function pause(length: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, length))
}
