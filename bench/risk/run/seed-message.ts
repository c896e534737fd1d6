import type { SeedResult } from './run-seed.js'

/** What a worker tells about its seed. */
export type SeedMessage =
  | { readonly kind: 'progress'; readonly seed: number; readonly at: number }
  | { readonly kind: 'done'; readonly result: SeedResult }
