export { discoverOrganizations, type DiscoveredOrganization } from './discover.js'
export { createDirectory, type Directory } from './directory.js'
export { mfaRules, type MfaRuleOf } from './mfa-rules.js'
export {
  OPEN_MFA_POLICY,
  ORGANIZATION_MFA_MODES,
  type Organization,
  type OrganizationMfaMode,
  type OrganizationMfaPolicy,
  type RoleRequirement,
} from './organization.js'
export type { OrganizationStore } from './ports.js'
