import type { DemandGuard } from '../kernel/guard.graphql.js'
import type { Assurances } from '../kernel/assurance.js'
import type { Messages } from '../kernel/messages.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import type { Notices } from '../kernel/notices.js'
import type { RequestedMail, SpendMailRequest } from '../kernel/requested-mail.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Directory } from './directory.js'
import { DomainsResolver } from './domains.graphql.js'
import { InvitationsResolver } from './invitations.graphql.js'
import { MembershipResolver } from './membership.graphql.js'
import { MemberProfileResolver } from './member-profile.graphql.js'
import { MembersResolver } from './members.graphql.js'
import { MfaPolicyResolver } from './mfa-policy.graphql.js'
import type { OrganizationDeps } from './organization-deps.js'
import { OrganizationResolver } from './organization-resolver.graphql.js'
import type { InvitationStore, SessionSwitch, TextRecords } from './ports.js'
import type { IsPublicMail } from './public-mail.js'
import type { SpendOrganization } from './create-organization.js'

export interface OrganizationsPorts extends OrganizationDeps {
  readonly directory: Directory
  readonly invitations: InvitationStore
  readonly invitationUrl: string
  readonly sessions: SessionSwitch
  /** DNS records that prove a domain. */
  readonly textRecords: TextRecords
  readonly isPublicMail: IsPublicMail
  readonly spendOrganization: SpendOrganization
  readonly messages: Messages
  readonly requestedMail: RequestedMail
  readonly messageBudget: SpendMailRequest
  readonly notices: Notices
  readonly assurances: Assurances
  /** The rule for every account of the installation. */
  readonly installation: MfaRule
  readonly secrets: Secrets
  readonly demandGuard: DemandGuard
}

/** Organizations: their members, invitations, domains and MFA policy. */
export const organizationsModule = (ports: OrganizationsPorts) => ({
  resolvers: [
    new OrganizationResolver(ports),
    new MembershipResolver(ports),
    new MfaPolicyResolver(ports),
    new MembersResolver(ports),
    new MemberProfileResolver(ports),
    new InvitationsResolver(ports, ports, ports),
    new DomainsResolver(ports),
  ],
})
