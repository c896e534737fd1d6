import { newId } from '../kernel/ids.js'
import type { Addressee, Notice, NoticeName } from '../kernel/notices.js'

/** What changed the role, as the mail names it: a setting or command, which is the same in every language. */
export type RoleChangedBy = 'STEPGATE_ADMINISTRATORS' | 'stepgate admin grant' | 'stepgate admin revoke'

/**
 * Tells the account that it gained or lost a role. Leaves out the caller: where an operator works is none of the
 * account's business.
 */
export function roleNotice(
  name: Extract<NoticeName, `role-${string}`>,
  to: Addressee,
  { by, requestId }: { readonly by: RoleChangedBy; readonly requestId: string | null },
): Notice {
  return {
    name,
    to,
    context: {
      requestId: requestId ?? newId(),
      origin: NOWHERE,
      deviceId: null,
      sessionId: null,
      operation: null,
    },
    details: { by },
    takesBack: null,
  }
}

const NOWHERE = {
  address: '',
  userAgent: '',
  clientHints: { brands: '', mobile: '', platform: '' },
  language: '',
} as const
