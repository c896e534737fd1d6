import type { AccountId, FactorId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { Material } from '../factor.js'

/** What is stored of a number: the sealed number, and a hash that tells whether the account already has it. */
export interface SmsMaterial {
  readonly sealedNumber: string
  readonly numberHash: string
}

export interface SmsOwner {
  readonly accountId: AccountId
  readonly factorId: FactorId
}

/** Binds the sealed number to its owner, so that it cannot be opened anywhere else. */
const sealedFor = ({ accountId, factorId }: SmsOwner): string => `sms:${accountId}:${factorId}`

/** The hash is specific to the account: the stored data does not reveal which accounts share a number. */
export const sealNumber = (secrets: Secrets, owner: SmsOwner, e164: string): SmsMaterial => ({
  sealedNumber: secrets.seal(e164, sealedFor(owner)),
  numberHash: secrets.keyedHash('sms-number', `${owner.accountId}:${e164}`),
})

/** Null when the stored material has another shape, was altered, or belongs to another account. */
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
