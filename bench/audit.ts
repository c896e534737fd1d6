import { measure, type Measured } from './support/audit/measure.js'
import { RIVALS, type Rival } from './support/audit/writers.js'
import { median, medianRatio } from './support/in-turns.js'
import { printResult, printTable, rounded } from './support/report.js'

// The audit log as processes are added: one chain for all of them, a stream for each, and no chain at all.
const WRITERS = [1, 2, 4, 8]
const DELAYS_MS = [0, 2, 5]
const ROUNDS = 3

const names = Object.keys(RIVALS) as Rival[]
const found = new Map<string, Measured[]>()
const keyOf = (...parts: readonly (string | number)[]): string => parts.join(' ')

for (let round = 0; round < ROUNDS; round += 1) {
  for (const delayMs of DELAYS_MS) {
    for (const writers of WRITERS) {
      for (const rival of round % 2 === 0 ? names : names.toReversed()) {
        const key = keyOf(rival, writers, delayMs)
        found.set(key, [...(found.get(key) ?? []), await measure({ rival, writers, delayMs })])
      }
    }
  }
}

const each = (rival: Rival, writers: number, delayMs: number, part: keyof Measured): readonly number[] =>
  (found.get(keyOf(rival, writers, delayMs)) ?? []).map((measured) => measured[part])
const of = (...cell: Parameters<typeof each>): number => median(each(...cell))
const rates = (rival: Rival, writers: number, delayMs: number) => each(rival, writers, delayMs, 'eventsPerSecond')

const store = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded'
console.log(`Writers in one process on the ${store} store, four callers each; a checkpoint every second for streams.\n`)
printTable([
  ['delay', 'writers', ...names.map((name) => `${name}: events a second`), ...names.map((name) => `${name}: p95`)],
  ...DELAYS_MS.flatMap((delayMs) =>
    WRITERS.map((writers) => [
      `${delayMs} ms`,
      writers,
      ...names.map((name) => rounded(median(rates(name, writers, delayMs)), 0)),
      ...names.map((name) => `${of(name, writers, delayMs, 'p95Ms').toFixed(1)} ms`),
    ]),
  ),
])
const [many, far] = [Math.max(...WRITERS), Math.max(...DELAYS_MS)]
// What streams made of a rival in the same round.
const streamsTo = (rival: Rival, writers: number, delayMs: number): number =>
  medianRatio(rates('streams', writers, delayMs), rates(rival, writers, delayMs))
printResult('audit', {
  store,
  streamsToOneChain: rounded(streamsTo('one chain', many, far), 2),
  streamsToNoChain: rounded(streamsTo('no chain', many, far), 2),
  aloneToOneChain: rounded(median(DELAYS_MS.map((delayMs) => streamsTo('one chain', 1, delayMs))), 2),
  addedP95Ms: rounded(of('streams', many, far, 'p95Ms') - of('no chain', many, far, 'p95Ms'), 1),
  delayMs: far,
})
