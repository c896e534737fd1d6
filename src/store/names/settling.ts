import type { ChallengeStore, PassChallenge } from '../../challenges/index.js'
import type { AccountCareStore, FactorStore } from '../../factors/index.js'
import type { AccountId } from '../../kernel/ids.js'
import type { SuspicionStore } from '../../notices/index.js'
import type { Names } from './names.js'

interface Changing {
  readonly challenges: ChallengeStore
  readonly factors: FactorStore
  readonly accountCare: AccountCareStore
  readonly suspicions: SuspicionStore
}

/** The changes that may release a credential, or end a claim of one: each is followed by a look at the account's names. */
export function settlingNames(names: Pick<Names, 'settle'>, stores: Changing): Changing {
  const followed =
    <A extends readonly unknown[], R>(change: (...args: A) => Promise<R>, which: (...args: A) => Changed | null) =>
    async (...args: A): Promise<R> => {
      const outcome = await change(...args)
      const changed = which(...args)
      if (changed) await names.settle(changed.accountId, changed.at)
      return outcome
    }
  const { challenges, factors, accountCare, suspicions } = stores
  const pass = followed(
    (...args: Parameters<ChallengeStore['pass']>) => challenges.pass(...args),
    (input) => (movesClaims(input) ? input : null),
  )
  const remove = followed(
    (...args: Parameters<FactorStore['remove']>) => factors.remove(...args),
    (input) => input,
  )
  const resetFactors = followed(
    (...args: Parameters<AccountCareStore['resetFactors']>) => accountCare.resetFactors(...args),
    (accountId, at) => ({ accountId, at }),
  )
  const takeBack = followed(
    (...args: Parameters<SuspicionStore['takeBack']>) => suspicions.takeBack(...args),
    (input) => input,
  )
  return {
    challenges: { ...challenges, pass },
    factors: { ...factors, remove },
    accountCare: { ...accountCare, resetFactors },
    suspicions: { ...suspicions, takeBack },
  }
}

interface Changed {
  readonly accountId: AccountId
  readonly at: Date
}

const movesClaims = ({ activation }: PassChallenge): boolean =>
  activation !== null && (activation.claim !== null || activation.removes.length > 0)
