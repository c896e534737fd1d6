export type { AcceptInvitationDeps } from './accept-invitation.js'
export { removeMember } from './change-member.js'
export type { CreateOrganizationDeps } from './create-organization.js'
export { ENTER } from './administer.js'
export { enterChosen, isEntering, type EnterChosenDeps, type EnterChosenOutcome } from './enter-chosen.js'
export { enteredNotice, type EnteringViewer } from './entered-notice.js'
export { refuseEntering } from './refuse-entering.js'
export { discoverOrganizations, type DiscoveredOrganization } from './discover.js'
export { createDirectory, type Directory } from './directory.js'
export type { Invitation } from './invitation.js'
export type { OrganizationDeps } from './organization-deps.js'
export { mfaRules, type MfaRulesOf } from './mfa-rules.js'
export type {
  Organization,
  OrganizationLimits,
  OrganizationMfaMode,
  OrganizationMfaPolicy,
  RoleRequirement,
} from './organization.js'
export type {
  Affiliate,
  InvitationOf,
  InvitationStore,
  MemberStore,
  OrganizationStore,
  PlaceChange,
  SessionSwitch,
  TextRecords,
} from './ports.js'
export { publicMailDomains, type IsPublicMail } from './public-mail.js'
export { breakGlassOf, watchBreakGlass, type BreakGlassUsed, type BreakGlassWatch } from './watch-break-glass.js'
