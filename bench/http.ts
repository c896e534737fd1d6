import autocannon from 'autocannon'
import { MeDocument } from '../schema/generated/graphql.js'
import { fullPerson } from '../test/support/full-person.js'
import { withTotp } from '../test/support/person.js'
import { enrolledAtBetterAuth, startBetterAuth } from './support/better-auth-side.js'
import { startChild, type ChildServer } from './support/child.js'
import { SESSION_COOKIE, startGatewayChild } from './support/gateway-side.js'
import { inTurns, median, ratioInRounds } from './support/in-turns.js'
import { remoteGateway } from './support/remote-gateway.js'
import { medianOfKnown, printResult, printTable, rounded, withInterval } from './support/report.js'
import { storeCpuMs } from './support/store-cpu.js'

// A session check: a signed-in `me` through the whole gateway, of a new person and of one with 20 sessions, 20 devices
// and 11 factors. Beside it, on the same store: a bare Apollo Server with the same schema that finds one session in its
// store, and `get-session` of Better Auth.
const CONNECTIONS = [1, 8, 32]
const ROUNDS = { warmUpRounds: 2, rounds: Number(process.argv[2] ?? 13), enoughSeconds: 75 }
const SECONDS_PER_ROUND = 1
const EMAIL = 'ada@example.com'
const ME = JSON.stringify({ query: MeDocument.toString(), operationName: 'Me' })

interface Check {
  readonly server: ChildServer
  readonly path: string
  /** Null: a GET. */
  readonly body: string | null
  readonly cookie: string
  readonly email: string
}

interface Load {
  readonly perSecond: number
  /** Microseconds of processor time for one check; the store's are null where they cannot be read. */
  readonly serverCpu: number
  readonly storeCpu: number | null
}

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const servers = {
  gateway: await startGatewayChild(store),
  bare: await startChild(new URL('./support/bare-child.ts', import.meta.url), store),
  betterAuth: store === 'mongodb' ? await startBetterAuth() : null,
}
try {
  await measure()
} finally {
  for (const server of Object.values(servers)) await server?.stop()
}

async function measure(): Promise<void> {
  const checks = await checksOf()
  const commands = await commandsOfOne(checks.stepgate)
  console.log(`A session check on the ${store} store; gateway logs go to /dev/null. Ratios with their 95 % interval.\n`)
  const results: Record<string, string | number> = { store, storeRoundTrips: commands }
  const rows: (string | number)[][] = []
  for (const connections of CONNECTIONS) {
    const contenders = Object.entries(checks).map(([name, check]) => [name, () => load(check, connections)] as const)
    const loads = await inTurns<string, Load>(Object.fromEntries(contenders), ROUNDS)
    const of = (name: string): readonly Load[] => loads[name] ?? []
    const speeds = (name: string): readonly number[] => of(name).map(({ perSecond }) => perSecond)
    const cpu = (name: string): readonly number[] =>
      of(name).map(({ serverCpu, storeCpu }) => serverCpu + (storeCpu ?? 0))
    for (const name of Object.keys(checks)) {
      const speed = ratioInRounds(speeds('stepgate'), speeds(name))
      if (name !== 'stepgate') results[`${connections}-to-${name}`] = rounded(speed.median, 2)
      rows.push([
        connections,
        name,
        Math.round(median(speeds(name))),
        Math.round(median(of(name).map(({ serverCpu }) => serverCpu))),
        medianOfKnown(
          of(name).map(({ storeCpu }) => storeCpu),
          0,
        ),
        ...(name === 'stepgate' ? ['', ''] : [speed, ratioInRounds(cpu(name), cpu('stepgate'))].map(withInterval)),
      ])
    }
  }
  printTable([
    [
      'connections',
      'server',
      'checks/s',
      'CPU µs',
      'store CPU µs',
      "Stepgate's checks/s to it",
      "its CPU to Stepgate's",
    ],
    ...rows,
  ])
  printResult('http', results)
}

async function checksOf(): Promise<Readonly<Record<string, Check>> & { readonly stepgate: Check }> {
  const gateway = remoteGateway(servers.gateway)
  const graphql = { path: '/graphql', body: ME } as const
  const of = ({ client, email }: Pick<Awaited<ReturnType<typeof withTotp>>, 'client' | 'email'>): Check => ({
    ...graphql,
    server: servers.gateway,
    cookie: `${SESSION_COOKIE}=${client.cookies.get(SESSION_COOKIE) ?? ''}`,
    email,
  })
  return {
    stepgate: of(await withTotp(gateway)),
    stepgateFull: of(await fullPerson(gateway)),
    bare: { ...graphql, server: servers.bare, cookie: 'session=ada', email: EMAIL },
    ...(servers.betterAuth && { betterAuth: await checkOfBetterAuth(servers.betterAuth) }),
  }
}

async function checkOfBetterAuth(server: ChildServer): Promise<Check> {
  const { caller } = await enrolledAtBetterAuth(server.url, EMAIL)
  return { server, path: '/api/auth/get-session', body: null, cookie: caller.cookies(), email: EMAIL }
}

/** Loads a server for one round. Every answer has to name the person. */
async function load({ server, path, body, cookie, email }: Check, connections: number): Promise<Load> {
  const before = await cpuOf(server)
  const result = await autocannon({
    url: server.url + path,
    ...(body === null ? { method: 'GET' } : { method: 'POST', body }),
    headers: { cookie, ...(body !== null && { 'content-type': 'application/json' }) },
    connections,
    duration: SECONDS_PER_ROUND,
    sampleInt: 100,
    verifyBody: (answer) => String(answer).includes(email),
  })
  const failed = result.non2xx + result.errors + result.mismatches
  if (failed > 0) throw new Error(`${failed} checks of ${path} were not answered`)
  const after = await cpuOf(server)
  return {
    perSecond: result['2xx'] / result.duration,
    serverCpu: (after.server - before.server) / result['2xx'],
    storeCpu: after.store === null || before.store === null ? null : (after.store - before.store) / result['2xx'],
  }
}

async function cpuOf(server: ChildServer) {
  const storeMs = await storeCpuMs()
  return { server: await server.ask('cpu'), store: storeMs === null ? null : storeMs * 1000 }
}

/** The store commands of one request: the median of several that were sent one after another, as events may be delivered beside them. */
async function commandsOfOne({ server, path, body, cookie }: Check): Promise<number> {
  const counts: number[] = []
  for (let request = 0; request < 10; request += 1) {
    const before = await server.ask('round-trips')
    await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body })
    counts.push((await server.ask('round-trips')) - before)
  }
  return median(counts)
}
