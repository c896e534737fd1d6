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
      message: 'This account is an operator’s. Revoke the role with `stepgate admin revoke` before it is erased.',
      extensions: { because: 'NAMED_ADMINISTRATOR' },
    })
  }
  return refuse('FORBIDDEN', {
    message: 'This is the last administrator of an organization. Make somebody else one before.',
    extensions: { because: 'LAST_ADMIN', organizationIds: why.organizationIds },
  })
}
