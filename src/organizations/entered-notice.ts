import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import { addresseeOf, takesBackSession, type Notice } from '../kernel/notices.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'

/** What a notice needs of whoever enters an organization. */
export interface EnteringViewer {
  readonly account: { readonly id: AccountId; readonly emailKey: string; readonly language: string | null }
  readonly session: { readonly signInId: SessionId; readonly deviceId: DeviceId | null }
  readonly noticeAddresses: readonly string[]
}

/** Tells somebody that their account is in an organization from now on: it may have been somebody else's doing. */
export function enteredNotice(context: RequestContext<EnteringViewer>, organization: string): Notice {
  const viewer = viewerOf(context)
  return {
    name: 'organization-entered',
    to: addresseeOf(viewer),
    context: auditContextOf(context),
    details: { organization },
    takesBack: takesBackSession(viewer.session),
    isProved: context.actor.kind === 'session' && context.actor.proofs.length > 0,
  }
}
