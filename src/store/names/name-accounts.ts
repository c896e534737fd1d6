import { newId } from '../../kernel/ids.js'
import type { Filter } from '../collection.js'
import { HOLDER, namesOf, type Holder, type NameDocument, type NamesDeps } from './name.js'

const AT_ONCE = 200

/** Gives every account of an earlier version its names, one page after the other, while requests go on. */
export async function nameAccounts(deps: NamesDeps, isStopped: () => boolean): Promise<'done' | 'stopped'> {
  let filter: Filter = {}
  for (;;) {
    const page = await deps.people.find(filter, { sort: { _id: 1 }, limit: AT_ONCE }, HOLDER)
    await nameThese(deps, page)
    const last = page.at(-1)
    if (!last || page.length < AT_ONCE) return 'done'
    if (isStopped()) return 'stopped'
    filter = { _id: { $gt: last._id } }
  }
}

/** Names that exist already, for any account, are left as they are. */
async function nameThese({ names }: NamesDeps, holders: readonly Holder[]): Promise<void> {
  const wanted = holders.flatMap((holder) => namesOf(holder).map((_id): NameDocument => ({ _id, ...ownedBy(holder) })))
  const known = new Set((await names.find({ _id: { $in: wanted.map(({ _id }) => _id) } })).map(({ _id }) => _id))
  let missing = wanted.filter(({ _id }) => !known.has(_id))
  while (missing.length > 0) {
    const { inserted } = await names.insert(missing)
    // The next one was claimed meanwhile.
    missing = missing.slice(inserted + 1)
  }
}

/** As it is when a change with the name has ended. */
export const ownedBy = ({ _id, grantRevision }: Holder) => ({
  accountId: _id,
  claim: newId(),
  grantedOn: grantRevision ?? null,
})
