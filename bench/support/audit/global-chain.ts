import type { AuditLog, NewAuditEvent } from '../../../src/audit/index.js'
import type { AuditFact } from '../../../src/audit/audit-event.js'
import { chain, GENESIS, type ChainHead } from '../../../src/audit/chain.js'
import type { Store } from '../../../src/store/index.js'
import { batched } from './batched.js'
import { takeTurns } from './take-turns.js'

const EVENTS = { name: 'globalChain', indexes: [{ fields: { sequence: 1 }, unique: true }] } as const

interface Stored {
  readonly _id: string
  readonly sequence: number
  readonly hash: string
}

/**
 * The log as it was before there were streams: one chain that every process writes. The unique sequence decides who is next,
 * A writer that comes too late reads the head again. Writers that collide wait for each other.
 */
export function globalChain(store: Store, factOf: (event: NewAuditEvent) => AuditFact): Pick<AuditLog, 'record'> {
  const documents = store.collection<Stored>(EVENTS)
  const turns = takeTurns()
  let head: ChainHead | null = null
  let lowestHead = 0

  async function readHead(): Promise<ChainHead> {
    const filter = { sequence: { $gte: lowestHead } }
    const [newest] = await documents.find(filter, { sort: { sequence: -1 }, limit: 1 })
    return newest ? { sequence: newest.sequence, hash: newest.hash } : GENESIS
  }

  return batched(async (events) => {
    const { othersHadTheirs } = await turns.myTurn()
    const mine = head
    if (othersHadTheirs) head = null
    let rest = events.map(factOf)
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      head ??= await readHead()
      const metOthers = attempt > 1 ? attempt : Number(mine !== null && head.hash !== mine.hash)
      const chained = chain('', head, rest)
      const startedAt = performance.now()
      const { inserted } = await documents.insert(chained.map(({ id, ...event }) => ({ ...event, _id: id })))
      turns.wrote({ insertMs: performance.now() - startedAt, metOthers })
      const last = chained[inserted - 1] ?? head
      lowestHead = last.sequence
      rest = rest.slice(inserted)
      head = rest.length === 0 ? { sequence: last.sequence, hash: last.hash } : null
    }
  })
}
