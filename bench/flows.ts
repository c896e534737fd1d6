import { parseArgs } from 'node:util'
import { betterAuthSide, startBetterAuth } from './support/better-auth-side.js'
import type { ChildServer } from './support/child.js'
import { floorSide, startFloor } from './support/floor-side.js'
import { gatewaySide, startGatewayChild } from './support/gateway-side.js'
import { inTurns, median, ratioInRounds } from './support/in-turns.js'
import { medianOfKnown, printResult, printTable, rounded, withInterval } from './support/report.js'
import { fillSessions, walkAll, type Flows, type Side } from './support/walker.js'

// Sign-in with a password and a code, and the first session check: Stepgate, Better Auth and a hand-written floor, with
// the same password hashing on the same store. The second factor is asked every time.
const PEOPLE = 32
const SESSIONS = { new: 1, full: 20 } as const
const CALLERS = [1, 8, 32]
const PASSWORDS = 50

type Group = keyof typeof SESSIONS
type Name = 'stepgate' | 'betterAuth' | 'floor'
type Row = readonly (string | number)[]

const HEAD: Row = [
  ...['callers', 'server', 'flows/s', 'CPU ms', 'store CPU ms', 'commands'],
  ...["Stepgate's flows/s to it", "its CPU to Stepgate's"],
]

const { values: options } = parseArgs({
  options: {
    group: { type: 'string', multiple: true, default: Object.keys(SESSIONS) },
    callers: { type: 'string', multiple: true, default: CALLERS.map(String) },
    rounds: { type: 'string', default: '13' },
  },
})
const turns = { warmUpRounds: 2, rounds: Number(options.rounds), enoughSeconds: 75 }
const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const results: Record<string, string | number> = { store }

const counted = await commandsOfOthers()
console.log(
  `${PEOPLE} people on the ${store} store; what gateways log goes to /dev/null. Ratios with their 95 % interval.`,
)
for (const group of options.group as Group[]) await measureGroup(group)
printResult('flows', results)

async function measureGroup(group: Group): Promise<void> {
  const sides = new Map<Name, Side>()
  try {
    sides.set('stepgate', await gatewaySide(await startGatewayChild(store), PEOPLE, group === 'full'))
    if (store === 'mongodb') sides.set('betterAuth', await betterAuthSide(await startBetterAuth(), PEOPLE))
    sides.set('floor', await floorSide(await startFloor(store), PEOPLE))
    for (const side of sides.values()) await fillSessions(side, SESSIONS[group])
    const rows: Row[] = []
    for (const callers of options.callers.map(Number)) rows.push(...(await measure(group, sides, callers)))
    console.log(`\nPeople with sessions and devices: ${SESSIONS[group]} each\n`)
    printTable([HEAD, ...rows])
    const hashMs = await sides.get('stepgate')?.server.ask('password', PASSWORDS)
    console.log(`\nThe password hash is ${hashMs?.toFixed(1)} ms of the processor time on each side.`)
  } finally {
    for (const { server } of sides.values()) await server.stop()
  }
}

async function measure(group: Group, sides: ReadonlyMap<Name, Side>, callers: number): Promise<readonly Row[]> {
  const contenders = [...sides].map(([name, side]) => [name, () => walkAll(side, callers)] as const)
  const measured = await inTurns(Object.fromEntries(contenders), turns)
  const flowsOf = (name: Name): readonly Flows[] => measured[name] ?? []
  const speeds = (name: Name): readonly number[] => flowsOf(name).map(({ perSecond }) => perSecond)
  const cpu = (name: Name): readonly number[] => flowsOf(name).map(({ serverMs, storeMs }) => serverMs + (storeMs ?? 0))
  return [...sides.keys()].map((name) => {
    const speed = ratioInRounds(speeds('stepgate'), speeds(name))
    if (name !== 'stepgate') results[`${group}-${callers}-to-${name}`] = rounded(speed.median, 2)
    return [
      callers,
      name,
      rounded(median(speeds(name)), 1),
      rounded(median(flowsOf(name).map(({ serverMs }) => serverMs)), 1),
      medianOfKnown(
        flowsOf(name).map(({ storeMs }) => storeMs),
        1,
      ),
      rounded(counted.get(name) ?? median(flowsOf(name).map(({ commands }) => commands)), 1),
      ...(name === 'stepgate' ? ['', ''] : [speed, ratioInRounds(cpu(name), cpu('stepgate'))].map(withInterval)),
    ]
  })
}

/** The commands of one flow of each other server, counted by servers that are not measured. */
async function commandsOfOthers(): Promise<ReadonlyMap<Name, number>> {
  const commands = new Map<Name, number>([['floor', await commandsOf(await startFloor(store, 'counting'), floorSide)]])
  if (store === 'mongodb')
    commands.set('betterAuth', await commandsOf(await startBetterAuth('counting'), betterAuthSide))
  return commands
}

async function commandsOf(server: ChildServer, sideOf: typeof floorSide): Promise<number> {
  try {
    const side = await sideOf(server, 4)
    await walkAll(side, 1)
    return (await walkAll(side, 1)).commands
  } finally {
    await server.stop()
  }
}
