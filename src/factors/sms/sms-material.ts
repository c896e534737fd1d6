import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Material } from '../factor.js'

/** What is kept of a number: sealed, and as a hash that tells whether an account has it already. */
export interface SmsMaterial {
  readonly sealedNumber: string
  readonly numberHash: string
}

export interface SmsOwner {
  readonly accountId: AccountId
  readonly factorId: FactorId
}

/** Ties the sealed number to its owner, so that it opens nowhere else. */
const sealedFor = ({ accountId, factorId }: SmsOwner): string => `sms:${accountId}:${factorId}`

/** The hash is of one account: what is stored does not tell which accounts share a number. */
export const sealNumber = (secrets: Secrets, owner: SmsOwner, e164: string): SmsMaterial => ({
  sealedNumber: secrets.seal(e164, sealedFor(owner)),
  numberHash: secrets.keyedHash('sms-number', `${owner.accountId}:${e164}`),
})

/** Null when the stored material is not of this shape, was altered or is somebody else's. */
export function openNumber(
  secrets: Secrets,
  owner: SmsOwner,
  { sealedNumber, numberHash }: Material,
): { readonly e164: string; readonly stale: boolean } | null {
  if (typeof sealedNumber !== 'string' || typeof numberHash !== 'string') return null
  const opened = secrets.open(sealedNumber, sealedFor(owner))
  if (!opened || !secrets.matchesKeyedHash('sms-number', `${owner.accountId}:${opened.plain}`, numberHash)) return null
  return { e164: opened.plain, stale: opened.stale }
}
