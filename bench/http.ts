import autocannon from 'autocannon'
import { MeDocument } from '../schema/generated/graphql.js'
import { startChild, type ChildServer } from './support/child.js'
import { enrolled, SESSION_COOKIE, startGatewayChild } from './support/gateway-side.js'
import { inTurns, median, medianRatio } from './support/in-turns.js'
import { printResult, printTable, rounded } from './support/report.js'

// A signed-in `me` through the whole gateway, beside a bare Apollo Server with the same schema.
const ROUNDS = { warmUpRounds: 4, rounds: 21, enoughSeconds: 100 }
const SECONDS_PER_ROUND = 1.5
const CONNECTIONS = 16
const body = JSON.stringify({ query: MeDocument.toString(), operationName: 'Me' })

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const [gateway, bare] = await Promise.all([
  startGatewayChild(store),
  startChild(new URL('./support/bare-child.ts', import.meta.url)),
])
try {
  await measure()
} finally {
  await Promise.all([gateway.stop(), bare.stop()])
}

async function measure(): Promise<void> {
  const { client } = await enrolled(gateway.url, 'somebody@example.com')
  const cookie = `${SESSION_COOKIE}=${client.cookies.get(SESSION_COOKIE) ?? ''}`
  const cpu = { gateway: [] as number[], bare: [] as number[] }
  const perSecond = await inTurns(
    {
      gateway: () => load(gateway, cookie, cpu.gateway),
      bare: () => load(bare, cookie, cpu.bare),
    },
    ROUNDS,
  )
  const storeRoundTrips = await roundTripsOfOne(cookie)
  const stepgateToBare = rounded(medianRatio(perSecond.gateway, perSecond.bare), 2)

  console.log(`A signed-in \`me\` on the ${store} store, ${CONNECTIONS} connections; the gateway logs to /dev/null.\n`)
  printTable([
    ['server', 'requests a second', 'processor µs a request', 'store round trips'],
    ['bare Apollo Server', Math.round(median(perSecond.bare)), Math.round(median(cpu.bare)), 0],
    ['Stepgate', Math.round(median(perSecond.gateway)), Math.round(median(cpu.gateway)), storeRoundTrips],
    ['Stepgate to bare', stepgateToBare, rounded(medianRatio(cpu.gateway, cpu.bare), 2), ''],
  ])
  printResult('http', { stepgateToBare, storeRoundTrips })
}

/** Requests a second in one round; keeps the processor time of each as well. */
async function load(server: ChildServer, cookie: string, cpuOfRounds: number[]): Promise<number> {
  const before = await server.ask('cpu')
  const result = await autocannon({
    url: `${server.url}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body,
    connections: CONNECTIONS,
    duration: SECONDS_PER_ROUND,
    sampleInt: 100,
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  cpuOfRounds.push(((await server.ask('cpu')) - before) / result['2xx'])
  return result['2xx'] / result.duration
}

/** The most store commands that one request cost, of several that were sent one after another. */
async function roundTripsOfOne(cookie: string): Promise<number> {
  const counts: number[] = []
  for (let request = 0; request < 10; request += 1) {
    const before = await gateway.ask('round-trips')
    const headers = { 'content-type': 'application/json', cookie }
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
    if (!(await answer.text()).includes('somebody@example.com')) throw new Error('nobody was signed in')
    counts.push((await gateway.ask('round-trips')) - before)
  }
  return Math.max(...counts)
}
