import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import { Unavailable } from '../kernel/unavailable.js'
import { adminActing } from './acting.js'
import { ADMINISTER } from './administer.js'
import { addDomain, parseDomain, recordOf, removeDomain, verifyDomain, type DomainDeps } from './domains.js'
import type { Organization } from './organization.js'

@ObjectType('OrganizationDomain', { description: 'A domain of an organization.' })
export class OrganizationDomainType {
  @Field(() => String, { description: 'The domain, in ASCII and lower case.' })
  readonly domain!: string

  @Field(() => Boolean, {
    description:
      'Whether its DNS has proved that it belongs to the organization: then people with an address there may ' +
      'join.',
  })
  readonly verified!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'The name of the required TXT record; null once it is verified.',
  })
  readonly recordName!: string | null

  @Field(() => String, { nullable: true, description: 'The text of the required record; null once it is verified.' })
  readonly recordText!: string | null
}

@InputType({ description: 'A domain.' })
export class OrganizationDomainInput {
  @Field(() => String, { description: 'Such as `example.com`.' })
  readonly domain!: string
}

/** The domains whose users may join. */
@Resolver()
export class DomainsResolver {
  constructor(private readonly deps: DomainDeps) {}

  @Query(() => [OrganizationDomainType], { description: 'The domains of the organization of the session.' })
  @Guard(ADMINISTER)
  async organizationDomains(@Ctx() context: RequestContext): Promise<readonly OrganizationDomainType[]> {
    const { organizationId } = adminActing(context)
    const [organization] = await this.deps.organizationStore.find([organizationId])
    return organization ? presentDomains(organization) : []
  }

  @Mutation(() => [OrganizationDomainType], {
    description: 'Adds a domain and returns the TXT record that proves it. Public mail domains are rejected.',
  })
  @Guard(ADMINISTER)
  async addOrganizationDomain(
    @Arg('input', () => OrganizationDomainInput, { description: 'The domain.' }) input: OrganizationDomainInput,
    @Ctx() context: RequestContext,
  ): Promise<readonly OrganizationDomainType[]> {
    const outcome = await addDomain(this.deps, { ...adminActing(context), domain: domainIn(input) })
    switch (outcome.kind) {
      case 'added':
        return presentDomains(outcome.organization)
      case 'public-mail':
        throw badInput(['domain'], 'organization.domain-public')
      case 'too-many':
        throw refuse('FORBIDDEN', { says: 'organization.too-many-domains' })
      case 'unknown':
        throw refuse('FORBIDDEN')
    }
  }

  @Mutation(() => [OrganizationDomainType], {
    description: 'Looks up the TXT record. Once it is found, people with an address in the domain may join.',
  })
  @Guard(ADMINISTER)
  async verifyOrganizationDomain(
    @Arg('input', () => OrganizationDomainInput, { description: 'The domain.' }) input: OrganizationDomainInput,
    @Ctx() context: RequestContext,
  ): Promise<readonly OrganizationDomainType[]> {
    const outcome = await verifyDomain(this.deps, { ...adminActing(context), domain: domainIn(input) }).catch(
      (error: unknown) => {
        if (error instanceof Unavailable && error.dependency === 'DNS')
          throw refuse('UNAVAILABLE', { says: 'organization.no-dns-answer' })
        throw error
      },
    )
    switch (outcome.kind) {
      case 'verified':
        return presentDomains(outcome.organization)
      case 'not-found':
        throw badInput(['domain'], 'organization.domain-not-proved')
      case 'taken':
        throw badInput(['domain'], 'organization.domain-taken')
      case 'unknown':
        throw badInput(['domain'])
    }
  }

  @Mutation(() => [OrganizationDomainType], {
    description: 'Removes a domain, so that it no longer lets people join. Existing members stay.',
  })
  @Guard(ADMINISTER)
  async removeOrganizationDomain(
    @Arg('input', () => OrganizationDomainInput, { description: 'The domain.' }) input: OrganizationDomainInput,
    @Ctx() context: RequestContext,
  ): Promise<readonly OrganizationDomainType[]> {
    const organization = await removeDomain(this.deps, { ...adminActing(context), domain: domainIn(input) })
    if (!organization) throw badInput(['domain'])
    return presentDomains(organization)
  }
}

function domainIn({ domain }: OrganizationDomainInput): string {
  const parsed = domain.length <= 254 ? parseDomain(domain) : null
  if (parsed === null) throw badInput(['domain'])
  return parsed
}

function presentDomains({ domains, pendingDomains }: Organization): readonly OrganizationDomainType[] {
  const all = [
    ...domains.map((domain) => ({ domain, verified: true, recordName: null, recordText: null })),
    ...pendingDomains.map((pending) => {
      const { name, text } = recordOf(pending)
      return { domain: pending.domain, verified: false, recordName: name, recordText: text }
    }),
  ]
  return all.sort((a, b) => (a.domain < b.domain ? -1 : 1))
}
