import { accountActor, type AuditLog } from '../audit/index.js'
import type { CloneAlarm, RecognizedDevice } from '../devices/index.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AssessedRisk } from '../risk/index.js'
import type { Person } from '../sessions/index.js'
import type { ArrivalOutcome } from './arrival.js'
import { signInNotice } from './sign-in-notice.js'

/** Blocks a sign-in whose risk is too high: records it and tells the account's owner. */
export async function blockSignIn(
  deps: { readonly audit: AuditLog; readonly notices: Notices },
  person: Person,
  why: {
    readonly risk: AssessedRisk
    readonly recognized: RecognizedDevice
    readonly alarm: CloneAlarm | null
    readonly context: AuditContext
  },
): Promise<ArrivalOutcome> {
  const { risk, recognized, alarm, context } = why
  const accountId = person.account.id
  const actor = accountActor(accountId)
  const targets = [{ id: accountId, type: 'ACCOUNT' }] as const
  const blocked = { action: 'risk.blocked', actor, targets, outcome: 'DENIED', context, risk } as const
  await deps.audit.record([blocked])
  const copied = alarm?.device ?? null
  const notice = signInNotice({ person, session: null, risk, recognized: null, copied, context })
  const notify = async () => (notice ? deps.notices.tell(notice) : undefined)
  const copiedFrom = recognized.state === 'foreign' ? accountId : null
  return { kind: 'blocked', reference: context.requestId, copiedFrom, notify }
}
