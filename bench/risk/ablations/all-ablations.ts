import type { Policy } from '../policies/policy.js'
import { stepgate } from '../policies/stepgate.js'
import type { Databases } from '../stepgate/databases.js'
import type { Variant } from '../stepgate/judge-events.js'
import { withoutCaps } from './without-caps.js'
import { withoutDecay } from './without-decay.js'
import { withoutHierarchy } from './without-hierarchy.js'
import { withoutMixture } from './without-mixture.js'
import { withoutToken } from './without-token.js'

const ABLATIONS: readonly (readonly [name: string, variant: Variant])[] = [
  ['without token', withoutToken],
  ['without mixture', withoutMixture],
  ['without hierarchy', withoutHierarchy],
  ['without caps', withoutCaps],
  ['without decay', withoutDecay],
]

/** Ours whole and without each of its parts, in the order of the tables. */
export const allAblations = (databases: Databases): readonly (() => Policy)[] => [
  stepgate(databases),
  ...ABLATIONS.map(([name, variant]) => stepgate(databases, name, variant)),
]
