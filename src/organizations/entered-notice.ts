import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import { addresseeOf, takesBackSession, type Notice } from '../kernel/notices.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'

/** What a notice needs of the account that joins an organization. */
export interface EnteringViewer {
  readonly account: { readonly id: AccountId; readonly emailKey: string; readonly language: string | null }
  readonly session: { readonly signInId: SessionId; readonly deviceId: DeviceId | null }
  readonly noticeAddresses: readonly string[]
}

/** Tells the owner that their account joined an organization: an attacker may have done it. */
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
