import type { Account } from '../accounts/index.js'
import type { AuditLog, LostTrust } from '../audit/index.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { addressMark } from './listed-addresses.js'
import { grantedEvents } from './operator-events.js'
import type { OperatorStore } from './ports.js'
import { roleNotice } from './role-notice.js'

export interface BootstrapDeps {
  readonly operators: Pick<OperatorStore, 'bindAddress' | 'grant'>
  readonly audit: AuditLog
  readonly notices: Notices
  readonly secrets: Pick<Secrets, 'digest'>
  /** Normalised addresses from the setting. */
  readonly administrators: ReadonlySet<string>
}

export interface BootstrapInput {
  readonly account: Account
  readonly at: Date
  readonly context: AuditContext
}

export interface BootstrapOutcome {
  /** The account is no longer as it was read. */
  readonly isChanged: boolean
  /** Tells the account about its new role, after the answer is sent. */
  readonly notify: () => Promise<void>
}

const UNCHANGED: BootstrapOutcome = Object.freeze({ isChanged: false, notify: () => Promise.resolve() })

/**
 * Gives ADMIN to the account that was created with a listed address, when it signs in. Every address gives the role
 * only once: the account keeps it when its address changes, and a later owner of the address gets nothing.
 */
export async function bootstrapOperator(deps: BootstrapDeps, input: BootstrapInput): Promise<BootstrapOutcome> {
  const { account, at, context } = input
  if (!isEligible(account, deps.administrators)) return UNCHANGED
  // Bound first: of two accounts that have the address one after the other, only the first gets past this.
  const mark = addressMark(deps.secrets, account.emailKey)
  if ((await deps.operators.bindAddress(mark, account.id, at)) !== account.id) return UNCHANGED
  // The account can enrol its first factor in this sign-in as in any other: no operator's field answers without one.
  const grant = { grantedAt: at, grantedBy: 'SETTING', revokedAt: null } as const
  const terms = { onlyOnce: true, demandsFactor: false }
  const by = { accountId: account.id, actor: { id: null, type: 'SYSTEM' }, reason: 'setting', context } as const
  const eventsOf = (lost: LostTrust) => deps.audit.prepare(grantedEvents(by, lost))
  const outcome = await deps.operators.grant(account.id, grant, terms, eventsOf)
  if (outcome.kind !== 'granted') return { ...UNCHANGED, isChanged: true }
  const told = { by: 'STEPGATE_ADMINISTRATORS', requestId: context.requestId } as const
  return { isChanged: true, notify: () => deps.notices.tell(roleNotice('role-granted', outcome.to, told)) }
}

/** One of our own accounts, created with the address instead of changed to it, and without a role so far. */
const isEligible = ({ emailKey, linkedTo, emailChangedAt, roles }: Account, listed: ReadonlySet<string>): boolean =>
  listed.has(emailKey) && linkedTo === null && emailChangedAt === null && roles.ADMIN === undefined
