import type { OrganizationId } from '../kernel/ids.js'
import { refuse, type Refusal } from '../kernel/refusal.js'

/** Why an account cannot be erased, in words for the person and as `because` for the client. */
export function refuseErasure(
  why:
    | { readonly kind: 'operator' }
    | { readonly kind: 'last-admin'; readonly organizationIds: readonly OrganizationId[] },
): Refusal {
  if (why.kind === 'operator') {
    return refuse('FORBIDDEN', {
      says: 'erasure.operator',
      extensions: { because: 'NAMED_ADMINISTRATOR' },
    })
  }
  return refuse('FORBIDDEN', {
    says: 'erasure.last-admin',
    extensions: { because: 'LAST_ADMIN', organizationIds: why.organizationIds },
  })
}
