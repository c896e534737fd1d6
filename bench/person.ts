import { fullPerson } from '../test/support/full-person.js'
import { withTotp } from '../test/support/person.js'
import type { Client } from '../test/support/client.js'
import { SESSION_COOKIE, startGatewayChild } from './support/gateway-side.js'
import { inTurns, median, medianRatio } from './support/in-turns.js'
import { remoteGateway } from './support/remote-gateway.js'
import { printResult, printTable, rounded } from './support/report.js'

// A signed-in `me` of a new person, and of one with 20 sessions, 20 devices and 11 factors. They take turns.
const ROUNDS = { warmUpRounds: 4, rounds: 21, enoughSeconds: 60 }
const REQUESTS = 500
const body = JSON.stringify({ query: 'query { me { id email } }' })

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const server = await startGatewayChild(store)
try {
  await measure()
} finally {
  await server.stop()
}

async function measure(): Promise<void> {
  const gateway = remoteGateway(server)
  const [fresh, full] = [await withTotp(gateway), await fullPerson(gateway)]
  const cpu = await inTurns(
    { fresh: () => microsecondsOf(fresh.client), full: () => microsecondsOf(full.client) },
    ROUNDS,
  )
  const fullToNew = rounded(medianRatio(cpu.full, cpu.fresh), 2)
  console.log(`A signed-in \`me { id email }\` on the ${store} store, one request after another.\n`)
  printTable([
    ['person', 'processor µs a request'],
    ['new', Math.round(median(cpu.fresh))],
    ['20 sessions, 20 devices, 11 factors', Math.round(median(cpu.full))],
    ['full to new', fullToNew],
  ])
  printResult('person', { fullToNew })
}

/** Processor time of the gateway for one request, over many. */
async function microsecondsOf(client: Client): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    cookie: `${SESSION_COOKIE}=${client.cookies.get(SESSION_COOKIE) ?? ''}`,
  }
  const before = await server.ask('cpu')
  for (let request = 0; request < REQUESTS; request += 1) {
    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })
    if (!(await answer.text()).includes('@example.com')) throw new Error('the request was not signed in')
  }
  return ((await server.ask('cpu')) - before) / REQUESTS
}
