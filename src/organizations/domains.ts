import { domainToASCII } from 'node:url'
import type { Secrets } from '../kernel/secrets.js'
import { changeOrganization } from './change-organization.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { Organization, PendingDomain } from './organization.js'
import type { TextRecords } from './ports.js'
import type { IsPublicMail } from './public-mail.js'

export interface DomainDeps extends OrganizationDeps {
  readonly secrets: Pick<Secrets, 'random' | 'equal'>
  readonly textRecords: TextRecords
  readonly isPublicMail: IsPublicMail
}

export type DomainInput = Acting & { readonly domain: string }

const TOKEN_BYTES = 20

/** The name and the text of the required DNS record. */
export const recordOf = ({ domain, token }: Pick<PendingDomain, 'domain' | 'token'>) => ({
  name: `_stepgate-challenge.${domain}`,
  text: `stepgate-domain=${token}`,
})

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/** In lower case and ASCII; null when it cannot be a mail domain. */
export function parseDomain(text: string): string | null {
  const domain = domainToASCII(text.normalize('NFKC').trim()).toLowerCase()
  const labels = domain.split('.')
  const isOne = domain.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isOne && !/^\d+$/.test(labels.at(-1) ?? '') ? domain : null
}

export type AddDomainOutcome =
  | { kind: 'added'; organization: Organization }
  | { kind: 'public-mail' } // anyone can have a mailbox there
  | { kind: 'too-many' }
  | { kind: 'unknown' }

/** Adds a domain; it has no effect until its DNS proves that it belongs to the organization. */
export async function addDomain(deps: DomainDeps, input: DomainInput): Promise<AddDomainOutcome> {
  const { domain, organizationId } = input
  if (deps.isPublicMail(domain)) return { kind: 'public-mail' }
  const pending = { domain, token: deps.secrets.random(TOKEN_BYTES), addedAt: deps.clock.now() }
  const added = organizationEvent('organization.domain_added', input, { metadata: { domain } })
  const judge = (organization: Organization) => {
    const { domains, pendingDomains } = organization
    if (isNamed(organization, domain)) return organization
    if (domains.length + pendingDomains.length >= deps.organizationLimits.domains) return { kind: 'too-many' } as const
    return { ...organization, pendingDomains: [...pendingDomains, pending] }
  }
  const eventsOf = (before: Organization) => (isNamed(before, domain) ? [] : [added])
  const changed = await changeOrganization(deps, organizationId, judge, eventsOf)
  if (changed.kind === 'domain-taken') return { kind: 'unknown' }
  if (changed.kind !== 'changed') return changed
  return { kind: 'added', organization: changed.organization }
}

export type VerifyDomainOutcome =
  | { kind: 'verified'; organization: Organization }
  | { kind: 'not-found' } // the DNS does not have the record, or not yet
  | { kind: 'taken' } // another organization has proved it
  | { kind: 'unknown' } // it was never added

/** Looks up the DNS record that proves a domain. Once it is found, people with an address in the domain may join. */
export async function verifyDomain(deps: DomainDeps, input: DomainInput): Promise<VerifyDomainOutcome> {
  const { domain, organizationId } = input
  const [organization] = await deps.organizationStore.find([organizationId])
  if (organization?.domains.includes(domain)) return { kind: 'verified', organization }
  const pending = organization?.pendingDomains.find((each) => each.domain === domain)
  if (!pending || deps.isPublicMail(domain)) return { kind: 'unknown' }
  const { name, text } = recordOf(pending)
  const texts = await deps.textRecords.at(name)
  if (!texts.some((found) => deps.secrets.equal(found.trim(), text))) return { kind: 'not-found' }
  const judge = (now: Organization) => {
    // The domain that was looked up must still be pending.
    if (!now.pendingDomains.some(({ token }) => token === pending.token)) return { kind: 'unknown' } as const
    return {
      ...now,
      domains: [...now.domains, domain],
      pendingDomains: now.pendingDomains.filter(({ token }) => token !== pending.token),
    }
  }
  const verified = organizationEvent('organization.domain_verified', input, { metadata: { domain } })
  const changed = await changeOrganization(deps, organizationId, judge, () => [verified])
  if (changed.kind === 'domain-taken') return { kind: 'taken' }
  if (changed.kind !== 'changed') return changed
  return { kind: 'verified', organization: changed.organization }
}

/** Removes a domain, proved or not. Members who joined through it stay. Null when it was never added. */
export async function removeDomain(deps: OrganizationDeps, input: DomainInput): Promise<Organization | null> {
  const { domain, organizationId } = input
  const judge = (organization: Organization) => {
    if (!isNamed(organization, domain)) return { kind: 'unknown' } as const
    return {
      ...organization,
      domains: organization.domains.filter((each) => each !== domain),
      pendingDomains: organization.pendingDomains.filter((each) => each.domain !== domain),
    }
  }
  const removed = organizationEvent('organization.domain_removed', input, { metadata: { domain } })
  const changed = await changeOrganization(deps, organizationId, judge, () => [removed])
  return changed.kind === 'changed' ? changed.organization : null
}

const isNamed = ({ domains, pendingDomains }: Organization, domain: string): boolean =>
  domains.includes(domain) || pendingDomains.some((each) => each.domain === domain)
