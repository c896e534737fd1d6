import type { AccountStore } from '../accounts/index.js'
import type { AuditStore, AuditVerifier } from '../audit/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { StepUpRule } from '../limits/index.js'
import type { AsnLookup } from '../networks/index.js'
import type { OrganizationDeps } from '../organizations/index.js'
import type { BeginErasureDeps, ExportAccountDeps, PersonOnRecord } from '../personal-data/index.js'
import type { Policy } from '../policy/index.js'
import type { Lists, ListStore, RiskDeps, RiskLabelStore } from '../risk/index.js'
import type { ChangeServiceKeysDeps } from '../service-keys/index.js'
import type { PersonReader, SessionRules, SessionStore } from '../sessions/index.js'
import { AccessPolicyResolver } from './access-policy.graphql.js'
import { AccountCareResolver } from './account-care.graphql.js'
import type { AccountCareStore } from '../factors/index.js'
import type { PersonInCare } from './account-in-care.graphql.js'
import { AdminAccountsResolver } from './accounts.graphql.js'
import { AuditResolver } from './audit.graphql.js'
import { EndMembershipResolver } from './end-membership.graphql.js'
import { ListsResolver } from './lists.graphql.js'
import { AdminPersonalDataResolver } from './personal-data.graphql.js'
import { RiskDecisionsResolver } from './risk-decisions.graphql.js'
import { ServiceKeysResolver } from './service-keys.graphql.js'

export interface AdminPorts extends BeginErasureDeps, ExportAccountDeps, ChangeServiceKeysDeps, OrganizationDeps {
  readonly auditStore: AuditStore
  readonly auditVerifier: AuditVerifier
  readonly auditVerifySeconds: number
  readonly accounts: Pick<AccountStore, 'list' | 'search'>
  readonly accountCare: AccountCareStore
  readonly sessions: SessionStore & PersonReader<PersonInCare & PersonOnRecord>
  readonly sessionRules: SessionRules
  readonly stepUpRule: StepUpRule
  readonly assurances: Assurances
  readonly listStore: ListStore
  readonly lists: Pick<Lists, 'refresh'>
  readonly maxListEntries: number
  readonly asn: AsnLookup
  readonly risk: RiskDeps
  readonly riskLabels: RiskLabelStore
  readonly policy: () => Policy
}

/** What operators read and do. Thin: every rule lives in the folder of its subject. */
export function adminModule({ sessionRules, policy, ...ports }: AdminPorts) {
  const { lifetimes, secretTimes } = sessionRules
  return {
    resolvers: [
      new AccessPolicyResolver(policy),
      new AuditResolver({
        store: ports.auditStore,
        verifier: ports.auditVerifier,
        clock: ports.clock,
        verifySeconds: ports.auditVerifySeconds,
      }),
      new AdminAccountsResolver(ports),
      new AccountCareResolver({ ...ports, lifetimes, secretTimes }),
      new EndMembershipResolver(ports),
      new AdminPersonalDataResolver(ports),
      new ListsResolver(ports),
      new RiskDecisionsResolver(ports),
      new ServiceKeysResolver(ports),
    ],
  }
}
