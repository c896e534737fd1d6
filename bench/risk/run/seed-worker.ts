import { parentPort, workerData } from 'node:worker_threads'
import { allPolicies } from '../policies/all-policies.js'
import { loadDatabases } from '../stepgate/databases.js'
import { loadAddressSpace } from '../world/load-address-space.js'
import type { WorldSettings } from '../world/settings.js'
import { simulate } from '../world/simulate.js'
import { runSeed } from './run-seed.js'
import type { SeedMessage } from './seed-message.js'

// Runs in a worker thread: one seed, every policy.
const { world, seed } = workerData as { readonly world: WorldSettings; readonly seed: number }

const space = await loadAddressSpace([...world.countries, ...world.furtherCountries])
const policies = allPolicies(await loadDatabases())
const result = runSeed({
  seed,
  events: simulate({ settings: world, space }, seed),
  policies: policies.map((create) => create()),
  onProgress: (at) => tell({ kind: 'progress', seed, at }),
})
tell({ kind: 'done', result })

function tell(message: SeedMessage): void {
  parentPort?.postMessage(message)
}
