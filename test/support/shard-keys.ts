import type { Filter, Stored } from '../../src/store/index.js'
import { aroundStore, type Verb } from './around-store.js'
import type { Store } from '../../src/store/index.js'

/** The field that each collection can be sharded by, as docs/scaling.md says; the others stay on one shard. */
export const SHARD_KEYS: Readonly<Record<string, string>> = {
  accounts: '_id',
  names: '_id',
  limits: '_id',
  mailedLinks: '_id',
  spentChallenges: '_id',
  invitations: '_id',
  auditEvents: 'sequence',
}

export const ON_ONE_SHARD: readonly string[] = [
  ...['auditCheckpoints', 'auditStreams', 'confirmations', 'erasures', 'listEntries', 'listRevisions'],
  ...['operatorAddresses', 'organizations', 'riskTallies', 'serviceKeys'],
]

export interface SentCommand {
  readonly collection: string
  readonly verb: Verb
  readonly args: readonly unknown[]
}

export interface RecordedStore {
  wrap(store: Store): Store
  /** The commands that were sent while `work` ran. */
  during(work: () => Promise<unknown>): Promise<readonly SentCommand[]>
}

export function recordedStore(): RecordedStore {
  let sent: SentCommand[] = []
  return {
    wrap: (store) =>
      aroundStore(store, (command, carryOut) => {
        sent.push(command)
        return carryOut()
      }),
    during: async (work) => {
      sent = []
      await work()
      return sent
    },
  }
}

/** Whether a router knows the shards that a command concerns, without asking all of them. */
export function isTargeted({ collection, verb, args }: SentCommand): boolean {
  const key = SHARD_KEYS[collection]
  if (key === undefined) return ON_ONE_SHARD.includes(collection)
  if (verb === 'insert') return (args[0] as readonly Stored[]).every((document) => isValue(Reflect.get(document, key)))
  if (verb === 'findUnless') return key === '_id'
  if (verb === 'follow') return isTargeted({ collection, verb: 'findOne', args }) && SHARD_KEYS[into(args)] === '_id'
  return verb !== 'size' && isNarrow(((args[0] as Filter | undefined) ?? {})[key])
}

const into = (args: readonly unknown[]): string => (args[2] as { readonly name: string }).name

const isValue = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'

/** One value, a list of values, or a range with both ends. */
function isNarrow(condition: unknown): boolean {
  if (isValue(condition)) return true
  if (condition === null || typeof condition !== 'object') return false
  const { $in: values, $gt, $gte, $lt, $lte } = condition as Readonly<Record<string, unknown>>
  if (Array.isArray(values)) return values.every(isValue)
  return [$gt, $gte].some(isValue) && [$lt, $lte].some(isValue)
}
