import { claimsOf } from '../factors/index.js'
import type { FactorId } from '../kernel/ids.js'
import type { Update } from './collection.js'
import type { PersonDocument } from './person-document.js'

/**
 * The claims that are left without these factors (R097). Guard the update by `trustRevision` and increase it: the whole
 * list is written, so no claim may have been added since the document was read.
 */
export function claimsWithout({ factors }: Pick<PersonDocument, 'factors'>, removed: readonly FactorId[]) {
  return claimsOf(Object.values(factors).filter(({ id }) => !removed.includes(id)))
}

/**
 * An update that also writes the claims. The field goes with the last one: the sparse index must not see empty lists.
 */
export function withClaims(update: Update, claims: readonly string[]): Update {
  return claims.length > 0
    ? { ...update, $set: { ...update.$set, claims } }
    : { ...update, $unset: { ...update.$unset, claims: true } }
}
