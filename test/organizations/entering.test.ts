import type { NewAuditEvent } from '../../src/audit/index.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type OrganizationId, type SessionId } from '../../src/kernel/ids.js'
import type { Memberships } from '../../src/kernel/membership.js'
import { enterOrganization, type EnterDeps } from '../../src/organizations/enter-organization.js'
import { OPEN_MFA_POLICY, type Organization } from '../../src/organizations/organization.js'
import { newMembership } from '../../src/organizations/place.js'
import { rememberingAudit } from '../support/audit.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const [FIRST, SECOND] = [newId<OrganizationId>(), newId<OrganizationId>()]
const accountId = newId<AccountId>()
const sessionId = newId<SessionId>()

const organization = (id: OrganizationId, adminIds: readonly AccountId[]): Organization =>
  ({
    id,
    name: 'Acme',
    createdAt: NOW,
    mfaPolicy: OPEN_MFA_POLICY,
    adminIds,
    revision: 0,
  }) as unknown as Organization

/** A person, and the outcome. */
function world(memberships: Memberships = {}, adminIds: readonly AccountId[] = []) {
  const placed: unknown[] = []
  const listed: (readonly AccountId[])[] = []
  const switched: unknown[] = []
  const deps = {
    organizationStore: {
      find: (ids: readonly OrganizationId[]) => Promise.resolve(ids.map((id) => organization(id, adminIds))),
      replace: ({ adminIds: ids }: Organization) => Promise.resolve(listed.push(ids) > 0 ? 'replaced' : 'changed'),
    },
    members: {
      find: () => Promise.resolve({ accountId, memberships, membershipRevision: 3 }),
      replacePlace: (change: unknown) => Promise.resolve(placed.push(change) > 0),
    },
    sessions: {
      switchOrganization: (_account: AccountId, _session: SessionId, to: OrganizationId) =>
        Promise.resolve(switched.push(to) > 0),
    },
    audit: rememberingAudit(),
    clock: movableClock(NOW),
    organizationLimits: { perPerson: 2, admins: 1 },
    assurances: USUAL_ASSURANCES,
    installation: { methods: ['TOTP'] },
  } as unknown as EnterDeps
  const joined = { action: 'member.joined' } as NewAuditEvent
  const enter = (role: 'MEMBER' | 'ADMIN' = 'MEMBER', sessionOrganizationId: OrganizationId | null = null) =>
    enterOrganization(deps, { accountId, sessionId, sessionOrganizationId }, { organizationId: FIRST, role, joined })
  return { placed, listed, switched, enter }
}
const memberOf = (...ids: readonly OrganizationId[]): Memberships =>
  Object.fromEntries(ids.map((id) => [id, newMembership(id, 'MEMBER', NOW)]))

describe('an account that joins an organization', () => {
  it('becomes a member as both were read, and a session without an organization switches to it', async () => {
    const { enter, placed, switched } = world()
    expect(await enter()).toEqual({ kind: 'entered', name: 'Acme' })
    expect(placed).toEqual([
      {
        accountId,
        organizationId: FIRST,
        fromRevision: 3,
        to: { ...newMembership(FIRST, 'MEMBER', NOW), roleRevision: 4 },
      },
    ])
    expect(switched).toEqual([FIRST])
  })

  it('keeps the session for its current organization', async () => {
    const { enter, switched } = world(memberOf(SECOND))
    expect(await enter('MEMBER', SECOND)).toMatchObject({ kind: 'entered' })
    expect(switched).toEqual([])
  })

  it('gets no second membership', async () => {
    const { enter, placed, switched } = world(memberOf(FIRST))
    expect(await enter('ADMIN')).toEqual({ kind: 'member-already' })
    expect([placed, switched]).toEqual([[], []])
  })

  it('may be in the maximum number of organizations, but not in one more', async () => {
    expect(await world(memberOf(SECOND)).enter()).toMatchObject({ kind: 'entered' })
    const { enter, placed } = world(memberOf(SECOND, newId<OrganizationId>()))
    expect(await enter()).toEqual({ kind: 'too-many' })
    expect(placed).toEqual([])
  })

  it('may administer it up to the maximum number of administrators, but not beyond', async () => {
    const first = world()
    expect(await first.enter('ADMIN')).toMatchObject({ kind: 'entered' })
    expect(first.listed).toEqual([[accountId]])
    const full = world({}, [newId<AccountId>()])
    expect(await full.enter('ADMIN')).toEqual({ kind: 'too-many-admins' })
    expect([full.placed, full.listed, full.switched]).toEqual([[], [], []])
    expect(await full.enter('MEMBER')).toMatchObject({ kind: 'entered' })
    expect(full.listed).toEqual([])
  })
})
