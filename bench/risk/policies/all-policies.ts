import type { Databases } from '../stepgate/databases.js'
import { always } from './always.js'
import { auth0Like } from './auth0-like.js'
import { freeman } from './freeman.js'
import { freemanWithToken } from './freeman-with-token.js'
import { logto } from './logto.js'
import { never } from './never.js'
import type { Policy } from './policy.js'
import { simple } from './simple.js'
import { stepgate } from './stepgate.js'
import { trust30Days } from './trust-30-days.js'
import { trust90DaysRolling } from './trust-90-days-rolling.js'

/** Every policy the benchmark runs, in the order of the tables; each run calls them anew. */
export const allPolicies = (databases: Databases): readonly (() => Policy)[] => [
  always,
  never,
  trust30Days,
  trust90DaysRolling,
  logto,
  auth0Like,
  simple,
  freeman,
  freemanWithToken,
  stepgate(databases),
]
