import { floorSide } from './support/floor-side.js'
import { gatewaySide } from './support/gateway-side.js'
import { inTurns, median, medianRatio } from './support/in-turns.js'
import { printResult, printTable, rounded } from './support/report.js'
import { countRoundTrips, STEPS, walkFreely, walkInStep, type Side, type Step } from './support/walker.js'

// Sign-in, challenge and verify, beside a hand-written floor on the same store that hashes passwords the same way.
// Enough people that no account has an unrealistic number of browsers and sessions.
const SIZES = { people: 144, atOnce: 24 }
const FREE = { warmUpRounds: 6, rounds: 21, enoughSeconds: 70 }
const IN_STEP = { warmUpRounds: 1, rounds: 11, enoughSeconds: 30 }
const PASSWORDS = 100

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
const gateway = await gatewaySide(store, SIZES)
const floor = await floorSide(store, SIZES)
try {
  await measure()
} finally {
  await Promise.all([gateway.server.stop(), floor.server.stop()])
}

async function measure(): Promise<void> {
  const first = { gateway: await countRoundTrips(gateway), floor: await countRoundTrips(floor) }
  const cpuMs = { gateway: [] as number[], floor: [] as number[] }
  const freely = await inTurns(
    { gateway: () => walkFreely(gateway, cpuMs.gateway), floor: () => walkFreely(floor, cpuMs.floor) },
    FREE,
  )
  const steady = { gateway: await countRoundTrips(gateway), floor: await countRoundTrips(floor) }
  const inStep = { gateway: collector(gateway), floor: collector(floor) }
  await inTurns({ gateway: inStep.gateway.round, floor: inStep.floor.round }, IN_STEP)
  const passwordMs = await gateway.server.ask('password', PASSWORDS)

  const flowsPerSecond = rounded(median(freely.gateway), 1)
  const stepgateToFloor = rounded(medianRatio(freely.gateway, freely.floor), 2)
  const floorPerSecond = rounded(median(freely.floor), 1)
  console.log(
    `${SIZES.people} people, ${SIZES.atOnce} at once, on the ${store} store; what the gateway logs goes to /dev/null.\n`,
  )
  printTable([
    ['step', 'Stepgate, a second', 'floor, a second', 'round trips, first / steady', 'floor, first / steady'],
    ...STEPS.map((step) => [
      step,
      inStep.gateway.perSecond(step),
      inStep.floor.perSecond(step),
      `${first.gateway[step]} / ${steady.gateway[step]}`,
      `${first.floor[step]} / ${steady.floor[step]}`,
    ]),
    [
      'whole flow',
      flowsPerSecond,
      floorPerSecond,
      total(first.gateway, steady.gateway),
      total(first.floor, steady.floor),
    ],
  ])
  const share = (flowMs: number): string => `${Math.round((100 * passwordMs) / flowMs)} %`
  const [gatewayMs, floorMs] = [median(cpuMs.gateway), median(cpuMs.floor)]
  console.log()
  printTable([
    ['processor time', 'a flow', 'password hash in it', 'its share', 'everything else'],
    ['Stepgate', ms(gatewayMs), ms(passwordMs), share(gatewayMs), ms(gatewayMs - passwordMs)],
    ['floor', ms(floorMs), ms(passwordMs), share(floorMs), ms(floorMs - passwordMs)],
  ])
  console.log(`\nStepgate to floor: ${stepgateToFloor} of its flows a second.`)
  printResult('flows', {
    store,
    flowsPerSecond,
    stepgateToFloor,
    signInRoundTrips: steady.gateway.signIn,
    challengeRoundTrips: steady.gateway.challenge,
    verifyRoundTrips: steady.gateway.verify,
  })
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

/** Keeps how often each step was taken in a second; the warm-up is so short that medians do not see it. */
function collector(side: Side) {
  const taken: Readonly<Record<Step, number>>[] = []
  return {
    round: async (): Promise<number> => taken.push(await walkInStep(side)),
    perSecond: (step: Step): number => rounded(median(taken.map((each) => each[step])), 1),
  }
}

function total(...counts: readonly Readonly<Record<Step, number>>[]): string {
  return counts.map((each) => STEPS.reduce((sum, step) => sum + each[step], 0)).join(' / ')
}
