import { domainOf } from '../kernel/email-address.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { enterOrganization, type EnterDeps, type EnterOutcome, type Entrant } from './enter-organization.js'
import { organizationEvent } from './organization-event.js'
import type { IsPublicMail } from './public-mail.js'

export interface JoinOrganizationDeps extends EnterDeps {
  readonly isPublicMail: IsPublicMail
}

export interface JoinOrganizationInput extends Entrant {
  /** The proved address of the account, normalised. */
  readonly emailKey: string
  readonly organizationId: OrganizationId
  readonly context: AuditContext
}

/**
 * Admits an account whose proved address is in a domain that the organization has proved. Also `unknown` where it is
 * not, so that callers cannot find out which organizations exist.
 */
export async function joinOrganization(
  deps: JoinOrganizationDeps,
  input: JoinOrganizationInput,
): Promise<EnterOutcome> {
  const { organizationId, context } = input
  const domain = domainOf(input.emailKey)
  const [organization] = await deps.organizationStore.find([organizationId])
  // A public mail domain says nothing about its users, even if it was proved before it was known to be public.
  if (!organization?.domains.includes(domain) || deps.isPublicMail(domain)) return { kind: 'unknown' }
  const joined = organizationEvent(
    'member.joined',
    { accountId: input.accountId, organizationId, context },
    { member: input.accountId, reason: 'domain', metadata: { domain, role: 'MEMBER' } },
  )
  return enterOrganization(deps, input, { organizationId, role: 'MEMBER', joined })
}
