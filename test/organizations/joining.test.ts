import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type OrganizationId, type SessionId } from '../../src/kernel/ids.js'
import { joinOrganization, type JoinOrganizationDeps } from '../../src/organizations/join-organization.js'
import { OPEN_MFA_POLICY } from '../../src/organizations/organization.js'
import { CONTEXT } from '../factors/world.js'
import { rememberingAudit } from '../support/audit.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const organizationId = newId<OrganizationId>()
const accountId = newId<AccountId>()

/** An organization that proved these domains, some of them public mail. */
function world(by: { readonly proved: readonly string[]; readonly publicMail?: readonly string[] }) {
  const placed: unknown[] = []
  const organization = {
    id: organizationId,
    name: 'Acme',
    createdAt: NOW,
    mfaPolicy: OPEN_MFA_POLICY,
    domains: by.proved,
    adminIds: [],
    revision: 0,
  }
  const deps = {
    organizationStore: {
      find: (ids: readonly OrganizationId[]) => Promise.resolve(ids.map(() => organization)),
    },
    members: {
      find: () => Promise.resolve({ accountId, memberships: {}, membershipRevision: 0 }),
      replacePlace: (change: unknown) => Promise.resolve(placed.push(change) > 0),
    },
    sessions: { switchOrganization: () => Promise.resolve(true) },
    audit: rememberingAudit(),
    clock: movableClock(NOW),
    organizationLimits: { perPerson: 2, admins: 1 },
    assurances: USUAL_ASSURANCES,
    installation: { methods: ['TOTP'] },
    isPublicMail: (domain: string) => by.publicMail?.includes(domain) ?? false,
  } as unknown as JoinOrganizationDeps
  const join = (emailKey: string) =>
    joinOrganization(deps, {
      accountId,
      sessionId: newId<SessionId>(),
      sessionOrganizationId: null,
      emailKey,
      organizationId,
      context: CONTEXT,
    })
  return { placed, join }
}

describe('joining an organization by the domain of an address', () => {
  it('succeeds when the organization has proved it', async () => {
    const { join, placed } = world({ proved: ['acme.test'] })
    expect(await join('ada@acme.test')).toEqual({ kind: 'entered', name: 'Acme' })
    expect(placed).toHaveLength(1)
  })

  it.each([
    ['the organization has not proved it', { proved: ['acme.test'] }, 'ada@elsewhere.test'],
    ['it has only proved a parent domain', { proved: ['acme.test'] }, 'ada@sub.acme.test'],
    [
      'it is known as a public mail domain by now',
      { proved: ['free.test'], publicMail: ['free.test'] },
      'ada@free.test',
    ],
  ])('fails when %s', async (_, by, emailKey) => {
    const { join, placed } = world(by)
    expect(await join(emailKey)).toEqual({ kind: 'unknown' })
    expect(placed).toEqual([])
  })
})
