import type { AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Directory } from './directory.js'
import type { OrganizationLimits } from './organization.js'
import type { MemberStore, OrganizationStore } from './ports.js'

/** What nearly every use case of an organization needs. */
export interface OrganizationDeps {
  readonly organizationStore: OrganizationStore
  readonly members: MemberStore
  /** Told of every change made here, so that the next request of this process sees it. */
  readonly directory: Pick<Directory, 'expire'>
  readonly audit: AuditLog
  readonly clock: Clock
  readonly organizationLimits: OrganizationLimits
}
