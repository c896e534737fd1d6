import { newId, type AccountId } from '../../kernel/ids.js'
import { LOST, untilSettled } from '../../kernel/settle.js'
import { END_GRANTS } from '../paths.js'
import { HOLDER, holds, isDead, pendingFrom, type NameDocument, type NamesDeps } from './name.js'

export interface WantedName {
  readonly name: string
  /** The account that shall have it or, if `reserves`, the id of the account to be. */
  readonly accountId: AccountId
  readonly grantedOn: number | null
  readonly reserves: boolean
  readonly at: Date
}

/**
 * Claims a name for an account, for exactly one of any number of callers. Null: another account has it, or is taking it.
 * Otherwise the account that has the name now. A new account must be stored under that id: it is another one if an
 * earlier claim's account never came, so the caller that stores it first wins, however late the other comes.
 */
export function obtainName({ names, people }: NamesDeps, wanted: WantedName): Promise<AccountId | null> {
  const { name, accountId, grantedOn, reserves, at } = wanted
  const fresh = { grantedOn, pendingUntil: pendingFrom(at), ...(reserves ? { reserves } : {}) }
  const replace = async (former: NameDocument, owner: AccountId): Promise<AccountId | typeof LOST> =>
    (await names.changeOne(
      { _id: name, claim: former.claim },
      {
        $set: { accountId: owner, claim: newId(), ...fresh },
        ...(reserves ? {} : { $unset: { reserves: true } }),
      },
    ))
      ? owner
      : LOST
  return untilSettled(async () => {
    const { inserted } = await names.insert([{ _id: name, accountId, claim: newId(), ...fresh }])
    if (inserted === 1) return accountId
    const former = await names.findOne({ _id: name })
    if (!former) return LOST
    if (former.accountId === accountId && !reserves) return replace(former, accountId)
    const holder = await people.findOne({ _id: former.accountId }, HOLDER)
    if (holder && holds(holder, name)) return null
    if (isDead(former, holder)) return replace(former, accountId)
    if (holder === null && reserves) return replace(former, former.accountId)
    if (former.pendingUntil && former.pendingUntil > at) return null
    if (holder !== null && !(await endChange({ people }, former))) return LOST
    return replace(former, accountId)
  })
}

/** Makes sure that the change the claim was made for never happens. False: it did, or the account changed otherwise. */
export const endChange = (
  { people }: Pick<NamesDeps, 'people'>,
  { accountId, grantedOn }: NameDocument,
): Promise<boolean> => people.changeOne({ _id: accountId, grantRevision: grantedOn }, END_GRANTS)
