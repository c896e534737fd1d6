import type { AccountId } from '../../kernel/ids.js'
import { HOLDER, holds, isDead, type Holder, type NameDocument, type NamesDeps } from './name.js'
import { endChange } from './obtain-name.js'

const AT_ONCE = 100

/** Releases the names that the account does not have, unless a change that takes one may still be under way. */
export async function settleNames(deps: NamesDeps, accountId: AccountId, at: Date): Promise<void> {
  const own = await deps.names.find({ accountId })
  if (own.length === 0) return
  const holder = await deps.people.findOne({ _id: accountId }, HOLDER)
  const held = own.filter(({ _id, pendingUntil }) => holder && pendingUntil && holds(holder, _id)).map(({ _id }) => _id)
  if (held.length > 0) {
    await deps.names.updateMany({ _id: { $in: held }, accountId }, { $unset: { pendingUntil: true, reserves: true } })
  }
  for (const name of own) if (await isFree(deps, name, holder, at)) await release(deps, name)
}

/** Settles what processes left behind. Call it every few minutes. */
export async function sweepNames(deps: NamesDeps, now: Date): Promise<void> {
  const pending = await deps.names.find({ pendingUntil: { $lte: now } }, { sort: { pendingUntil: 1 }, limit: AT_ONCE })
  for (const accountId of new Set(pending.map((name) => name.accountId))) await settleNames(deps, accountId, now)
}

async function isFree(deps: NamesDeps, name: NameDocument, holder: Holder | null, at: Date): Promise<boolean> {
  if (holder && holds(holder, name._id)) return false
  if (isDead(name, holder)) return true
  if (name.pendingUntil && name.pendingUntil > at) return false
  return holder === null || endChange(deps, name)
}

/** Only the claim that was looked at: a newer one may be for a change under way. */
const release = ({ names }: NamesDeps, { _id, claim }: NameDocument): Promise<number> =>
  names.deleteMany({ _id, claim })
