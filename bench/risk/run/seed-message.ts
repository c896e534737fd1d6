import type { WorldSettings } from '../world/settings.js'
import type { SeedResult } from './run-seed.js'

/** What a worker is given beside its seed. */
export interface SeedTask {
  readonly world: WorldSettings
  readonly policies: 'all' | 'ablations' | 'budgets'
}

/** What a worker tells about its seed. */
export type SeedMessage =
  | { readonly kind: 'progress'; readonly seed: number; readonly at: number }
  | { readonly kind: 'done'; readonly result: SeedResult }
