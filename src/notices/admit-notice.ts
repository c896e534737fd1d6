import { accountActor, type AuditLog } from '../audit/index.js'
import type { Notice, NoticeName } from '../kernel/notices.js'
import { spend, type Budgets, type LimitsDeps } from '../limits/index.js'

export interface NoticeBudgets {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'noticePerAccount' | 'wrongCodesNoticePerSignIn'>
  readonly audit: AuditLog
}

/**
 * Notices that an attacker with only the password can cause at will. They are limited, so that the mailbox is not flooded
 * until its owner stops reading. Notices about added, removed or changed credentials are never limited.
 */
const BOUNDED: ReadonlySet<NoticeName> = new Set([
  'new-device',
  'unusual-sign-in',
  'device-copied',
  'wrong-codes',
  'push-denied',
  'organization-entered',
  'break-glass-used',
])

/** Whether a notice may be sent. Notices that are held back leave one audit event for each window. */
export async function admitNotice(deps: NoticeBudgets, notice: Notice): Promise<boolean> {
  const { name, to, takesBack, isProved = false } = notice
  if (isProved || !BOUNDED.has(name)) return true
  const signInId = takesBack?.signInId ?? null
  if (name === 'wrong-codes' && signInId !== null) {
    const perSignIn = await spend(deps.limits, deps.budgets.wrongCodesNoticePerSignIn, signInId)
    if (perSignIn.kind === 'refused') return false
  }
  const outcome = await spend(deps.limits, deps.budgets.noticePerAccount, `${to.accountId}/${name}`)
  if (outcome.kind === 'allowed') return true
  if (outcome.first) {
    await deps.audit.record([
      {
        action: 'limit.reached',
        actor: accountActor(to.accountId),
        targets: [{ id: deps.budgets.noticePerAccount.name, type: 'BUDGET' }],
        outcome: 'DENIED',
        context: notice.context,
        metadata: { notice: name },
      },
    ])
  }
  return false
}
