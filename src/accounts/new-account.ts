import { newId, type AccountId } from '../kernel/ids.js'
import type { Account } from './account.js'

export interface NewAccount extends Pick<Account, 'email' | 'emailKey' | 'passwordHash' | 'language'> {
  /** The id it was promised; a new one without. */
  readonly id?: AccountId
  /** Whose login vouches for it; our own without. */
  readonly linkedTo?: Account['linkedTo']
  readonly at: Date
}

/** The account of somebody whose mailbox has just been proved, or whom somebody else's login vouches for. */
export const newAccount = ({ id = newId(), linkedTo = null, at, ...given }: NewAccount): Account => ({
  id,
  linkedTo,
  ...given,
  status: 'ACTIVE',
  createdAt: at,
  passwordChangedAt: at,
  emailChangedAt: null,
  lastSignInAt: null,
  sealedProfile: null,
  roles: {},
})
