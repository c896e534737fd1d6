import { rolesOf } from '../accounts/index.js'
import { destinationOf } from '../factors/index.js'
import { parseEmailAddress } from '../kernel/email-address.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { countersNaming, type Budgets } from '../limits/index.js'
import { beginningEvent, finishErasure, type FinishErasureDeps } from './finish-erasure.js'
import type { OrganizationDeps } from '../organizations/index.js'
import { leaveOrganizations } from './leave-organizations.js'
import { newLease } from './lease.js'
import type { CloseAccount, Erasure, PersonOnRecord } from './ports.js'

export interface BeginErasureDeps extends FinishErasureDeps {
  readonly organizations: OrganizationDeps
  readonly secrets: Secrets
  readonly budgets: Budgets
}

export interface BeginErasureInput {
  readonly person: PersonOnRecord
  readonly begunBy: Erasure['begunBy']
  readonly asRead: CloseAccount['asRead']
  /** Whether organizations may be left without an administrator. */
  readonly abandonsOrganizations: boolean
  readonly context: AuditContext
}

export type BeginErasureOutcome =
  /**
   * The account can no longer sign in. `finish` does the rest after the answer is sent; if the process dies, the
   * erasure is resumed.
   */
  | { readonly kind: 'begun'; readonly finish: () => Promise<void> }
  /** It holds a role, which must first be revoked with `stepgate admin revoke`. */
  | { readonly kind: 'operator' }
  | { readonly kind: 'last-admin'; readonly organizationIds: readonly OrganizationId[] }
  /** Gone, already closed, or no longer as it was read. */
  | { readonly kind: 'changed' }

/**
 * Closes an account: one update, after which it has no sessions and cannot get one. Everything that follows only
 * erases.
 */
export async function beginErasure(deps: BeginErasureDeps, input: BeginErasureInput): Promise<BeginErasureOutcome> {
  const { person, begunBy, asRead, context } = input
  const { id: accountId } = person.account
  if (rolesOf(person.account).length > 0) return { kind: 'operator' }
  const organizationIds = await leaveOrganizations(deps.organizations, input)
  if (organizationIds.length > 0 && !input.abandonsOrganizations) return { kind: 'last-admin', organizationIds }

  const erasure = newErasure(deps, person, begunBy)
  const lease = newLease(deps)
  const events = deps.audit.prepare([beginningEvent(accountId, erasure, context)])
  if (!(await deps.erasures.close({ accountId, asRead, erasure, lease, events }))) return { kind: 'changed' }
  return { kind: 'begun', finish: () => finishErasure(deps, { accountId, erasure, lease, context }) }
}

function newErasure(deps: BeginErasureDeps, person: PersonOnRecord, begunBy: Erasure['begunBy']): Erasure {
  const { account, noticeAddresses: addresses } = person
  const factors = [...Object.values(person.factorRecords), ...person.enrollments]
  const destinations = factors.flatMap((factor) => destinationOf(deps.secrets, account.id, factor) ?? [])
  const counters = countersNaming(deps, {
    accountId: account.id,
    emailKeys: [account.emailKey, ...destinations.flatMap((address) => parseEmailAddress(address)?.key ?? [])],
    phoneNumbers: destinations.filter((number) => number.startsWith('+')),
  })
  const { emailKey, language } = account
  return { step: 'RECORDED', begunBy, emailKey, language, addresses, counters: [...new Set(counters)] }
}
