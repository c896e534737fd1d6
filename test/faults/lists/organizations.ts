import type { Fault } from '../fault.js'

const FOLD = ['test/organizations/fold-policies.test.ts'] as const
const DOMAINS = ['test/organizations/domains.test.ts'] as const
const LAST = ['test/organizations/last-admin.test.ts'] as const

export const ORGANIZATION_FAULTS: readonly Fault[] = [
  {
    name: 'the weaker of two organizations decides what every session proves',
    file: 'src/organizations/fold-policies.ts',
    find: 'assurance: strongest([a.assurance, b.assurance]),',
    replace: 'assurance: a.assurance,',
    suites: FOLD,
  },
  {
    name: 'the longer of two maximum ages applies',
    file: 'src/organizations/fold-policies.ts',
    find: 'ages.length === 0 ? null : Math.min(...ages)',
    replace: 'ages.length === 0 ? null : Math.max(...ages)',
    suites: FOLD,
  },
  {
    name: 'one organization that allows remembered devices allows them for all',
    file: 'src/organizations/fold-policies.ts',
    find: 'installation.rememberedDevices && members.every(({ policy }) => policy.rememberedDevices)',
    replace: 'installation.rememberedDevices && members.some(({ policy }) => policy.rememberedDevices)',
    suites: FOLD,
  },
  {
    name: 'a policy does not apply after its grace period',
    file: 'src/organizations/fold-policies.ts',
    find: 'until !== null && until > now ? until : null',
    replace: 'until !== null ? until : null',
    suites: FOLD,
  },
  {
    name: 'an account can join by an unproved domain',
    file: 'src/organizations/join-organization.ts',
    find: "if (!organization?.domains.includes(domain) || deps.isPublicMail(domain)) return { kind: 'unknown' }",
    replace: "if (!organization || deps.isPublicMail(domain)) return { kind: 'unknown' }",
    suites: DOMAINS,
  },
  {
    name: 'an account can join by a public mail domain',
    file: 'src/organizations/join-organization.ts',
    find: ".includes(domain) || deps.isPublicMail(domain)) return { kind: 'unknown' }",
    replace: ".includes(domain)) return { kind: 'unknown' }",
    suites: ['test/organizations/joining.test.ts'],
  },
  {
    name: 'an invitation can be accepted by another address',
    file: 'src/organizations/accept-invitation.ts',
    find: 'deps.invitations.take({ ...which, emailKey }, deps.clock.now())',
    replace: 'deps.invitations.take(which as typeof which & { emailKey: string }, deps.clock.now())',
    suites: ['test/organizations/invitations.test.ts'],
  },
  {
    name: 'the last administrator can leave',
    file: 'src/organizations/change-places.ts',
    find: "      if (isLast) return { kind: 'last-admin' }\n",
    replace: "      if (isLast && others.length > 0) return { kind: 'last-admin' }\n",
    suites: LAST,
  },
  {
    name: 'the organization has any number of administrators',
    file: 'src/organizations/change-places.ts',
    find: "    if (becomesAdmin && organization.adminIds.length >= organizationLimits.admins) return { kind: 'too-many-admins' }\n",
    replace: '',
    suites: ['test/organizations/entering.test.ts'],
  },
  {
    name: 'an administrator of one organization manages members with one factor',
    file: 'src/organizations/administer.ts',
    find: "  assurance: 'MFA',\n",
    replace: "  assurance: 'ONE_FACTOR',\n",
    suites: ['test/schema/golden-files.test.ts'],
  },
]
