import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type InvitationId, type OrganizationId, type SessionId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/membership.js'
import { acceptInvitation, type AcceptInvitationDeps } from '../../src/organizations/accept-invitation.js'
import { OPEN_MFA_POLICY } from '../../src/organizations/organization.js'
import { newMembership } from '../../src/organizations/place.js'
import { rememberingAudit } from '../support/audit.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const organizationId = newId<OrganizationId>()
const [inviter, accountId] = [newId<AccountId>(), newId<AccountId>()]

/** An invitation of an older document, which names no revision, by default. */
function world(place: Partial<Membership>, { perPerson = 5, invitation = {}, status = 'ACTIVE' } = {}) {
  const putBack: unknown[] = []
  const taken = { id: newId<InvitationId>(), organizationId, role: 'MEMBER', invitedBy: inviter, ...invitation }
  const places = { [organizationId]: { ...newMembership(organizationId, 'ADMIN', NOW), ...place } }
  const deps = {
    invitations: { take: () => Promise.resolve(taken), putBack: (id: unknown) => Promise.resolve(putBack.push(id)) },
    members: {
      find: (id: AccountId) =>
        Promise.resolve({
          account: { status },
          accountId: id,
          memberships: id === inviter ? places : {},
          membershipRevision: 0,
          grantRevision: null,
        }),
      replacePlace: () => Promise.resolve(true),
    },
    organizationStore: {
      find: () =>
        Promise.resolve([{ id: organizationId, name: 'Acme', mfaPolicy: OPEN_MFA_POLICY, adminIds: [inviter] }]),
    },
    sessions: { switchOrganization: () => Promise.resolve(true) },
    audit: rememberingAudit(),
    secrets: { digest: (text: string) => text },
    clock: movableClock(NOW),
    organizationLimits: { perPerson, admins: 5 },
    assurances: USUAL_ASSURANCES,
    installation: { methods: ['TOTP'] },
  } as unknown as AcceptInvitationDeps
  const entrant = { accountId, sessionId: newId<SessionId>(), sessionOrganizationId: null }
  const input = { ...entrant, emailKey: 'new@example.com', invitation: { token: 't' }, context: null as never }
  return { putBack, id: taken.id, accept: () => acceptInvitation(deps, input) }
}

describe('an invitation', () => {
  it('stays valid while its sender is an administrator there', async () => {
    expect(await world({}).accept()).toMatchObject({ kind: 'accepted', entered: 'Acme' })
  })

  it.each<[string, ReturnType<typeof world>]>([
    ['is no longer an administrator', world({ role: 'MEMBER' })],
    ['has had another membership since', world({ roleRevision: 4 })],
    ['changed credentials since', world({}, { invitation: { grantRevision: 2 } })],
    ['cannot sign in', world({}, { status: 'DISABLED' })],
  ])('ends once its sender %s', async (_, { accept }) => {
    expect(await accept()).toEqual({ kind: 'withdrawn' })
  })

  it('can be accepted later by an account that is in too many organizations now', async () => {
    const { accept, putBack, id } = world({}, { perPerson: 0 })
    expect(await accept()).toEqual({ kind: 'too-many' })
    expect(putBack).toEqual([id])
  })
})
