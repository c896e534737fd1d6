import type { OrganizationId } from '../kernel/ids.js'
import type { Organization } from './organization.js'

export interface OrganizationStore {
  /** Those that exist. */
  find(ids: readonly OrganizationId[]): Promise<readonly Organization[]>
  /** Those that were made or changed at or after this moment. */
  changedSince(moment: Date): Promise<readonly Organization[]>
}
