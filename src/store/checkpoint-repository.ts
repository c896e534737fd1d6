import type { Checkpoint, CheckpointStore } from '../audit/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'

/** A checkpoint as stored: its id is the number, written so that it sorts as text. */
type CheckpointDocument = Omit<Checkpoint, 'number'> & { readonly _id: string }

export const AUDIT_CHECKPOINTS: CollectionSpec = {
  name: 'auditCheckpoints',
  indexes: [{ fields: { streams: 1, _id: 1 } }, { fields: { at: 1, _id: 1 } }],
}

const DIGITS = 12

export function checkpointRepository(store: Pick<Store, 'collection'>): CheckpointStore {
  const checkpoints = store.collection<CheckpointDocument>(AUDIT_CHECKPOINTS)
  const first = async (filter: Filter, direction: 1 | -1): Promise<Checkpoint | null> => {
    const [found] = await checkpoints.find(filter, { sort: { _id: direction }, limit: 1 })
    return found ? toCheckpoint(found) : null
  }
  const page = async (filter: Filter, limit: number): Promise<Checkpoint[]> =>
    (await checkpoints.find(filter, { sort: { _id: 1 }, limit })).map(toCheckpoint)
  return {
    newest: (fromNumber) => first({ _id: { $gte: idOf(fromNumber) } }, -1),
    find: async (number) => {
      const found = await checkpoints.findOne({ _id: idOf(number) })
      return found && toCheckpoint(found)
    },
    page: (afterNumber, limit) => page({ _id: { $gt: idOf(afterNumber) } }, limit),
    append: async ({ number, ...rest }) => {
      const { inserted } = await checkpoints.insert([{ _id: idOf(number), ...rest }])
      return inserted === 1
    },
    newestOf: (stream, belowNumber) => first({ streams: stream, _id: { $lt: idOf(belowNumber) } }, -1),
    pageOf: (stream, afterNumber, limit) => page({ streams: stream, _id: { $gt: idOf(afterNumber) } }, limit),
    numberAt: async (moment) => {
      const [found] = await checkpoints.find({ at: { $lt: moment } }, { sort: { at: -1, _id: -1 }, limit: 1 })
      return found ? Number(found._id) : 0
    },
  }
}

const idOf = (number: number): string => String(number).padStart(DIGITS, '0')

const toCheckpoint = ({ _id, ...rest }: CheckpointDocument): Checkpoint => ({ ...rest, number: Number(_id) })
