import { parentPort, workerData } from 'node:worker_threads'
import { allAblations } from '../ablations/all-ablations.js'
import { allBudgets } from '../budgets/all-budgets.js'
import { allPolicies } from '../policies/all-policies.js'
import { loadDatabases } from '../stepgate/databases.js'
import { loadAddressSpace } from '../world/load-address-space.js'
import { simulate } from '../world/simulate.js'
import { runSeed } from './run-seed.js'
import type { SeedMessage, SeedTask } from './seed-message.js'

const POLICIES = { all: allPolicies, ablations: allAblations, budgets: allBudgets } as const

// Runs in a worker thread: one seed, every policy.
const { task, seed } = workerData as { readonly task: SeedTask; readonly seed: number }
const { world: settings } = task

const space = await loadAddressSpace([...settings.countries, ...settings.furtherCountries])
const databases = await loadDatabases()
const result = runSeed({
  seed,
  events: simulate({ settings, space }, seed),
  policies: POLICIES[task.policies](databases).map((create) => create()),
  onProgress: (at) => tell({ kind: 'progress', seed, at }),
})
tell({ kind: 'done', result })

function tell(message: SeedMessage): void {
  parentPort?.postMessage(message)
}
