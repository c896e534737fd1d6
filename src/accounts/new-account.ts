import { newId, type AccountId } from '../kernel/ids.js'
import type { Account } from './account.js'

export interface NewAccount extends Pick<Account, 'email' | 'emailKey' | 'passwordHash' | 'language'> {
  /** The id it was promised; a new one without. */
  readonly id?: AccountId
  readonly at: Date
}

/** The account of somebody whose mailbox has just been proved. */
export const newAccount = ({ id = newId(), at, ...given }: NewAccount): Account => ({
  id,
  ...given,
  linkedTo: null,
  status: 'ACTIVE',
  createdAt: at,
  passwordChangedAt: at,
  emailChangedAt: null,
  lastSignInAt: null,
  sealedProfile: null,
})
