import { newId, type AccountId } from '../kernel/ids.js'
import type { Account } from './account.js'

export interface NewAccount extends Pick<Account, 'email' | 'emailKey' | 'passwordHash' | 'language'> {
  /** The id reserved for it; otherwise a new one. */
  readonly id?: AccountId
  /** The external login that vouches for it; otherwise it is one of our own. */
  readonly linkedTo?: Account['linkedTo']
  readonly at: Date
}

/** The account of a person whose mailbox was just proved, or for whom an external login vouches. */
export const newAccount = ({ id = newId(), linkedTo = null, at, ...given }: NewAccount): Account => ({
  id,
  linkedTo,
  ...given,
  status: 'ACTIVE',
  createdAt: at,
  passwordChangedAt: at,
  emailChangedAt: null,
  lastSignInAt: null,
  languageIsChosen: false,
  sealedProfile: null,
  roles: {},
})
