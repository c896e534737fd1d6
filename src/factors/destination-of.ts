import type { AccountId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Factor } from './factor.js'
import { openNumber } from './sms/index.js'

/**
 * The full destination of a factor's messages, for its owner, who may see all stored data. Null where nothing is sent.
 */
export function destinationOf(secrets: Secrets, accountId: AccountId, factor: Factor): string | null {
  switch (factor.type) {
    case 'SMS':
      return openNumber(secrets, { accountId, factorId: factor.id }, factor.material)?.e164 ?? null
    case 'EMAIL':
      return typeof factor.material['address'] === 'string' ? factor.material['address'] : null
    default:
      return null
  }
}
