import { accountActor, type AuditLog } from '../audit/index.js'
import type { Notice, NoticeName } from '../kernel/notices.js'
import { spend, type Budgets, type LimitsDeps } from '../limits/index.js'

export interface NoticeBudgets {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'noticePerAccount' | 'wrongCodesNoticePerSignIn'>
  readonly audit: AuditLog
}

/**
 * Notices of what is done often, and that somebody who knows no more than the password can cause as often as they like: a mailbox must not be
 * flooded until its owner reads none of them. Whatever adds, removes or changes a credential is told every time.
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

/** Whether a notice may be sent. What is held back leaves one event a window. */
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
