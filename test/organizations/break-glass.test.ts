import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type OrganizationId } from '../../src/kernel/ids.js'
import { OPEN_MFA_POLICY } from '../../src/organizations/organization.js'
import { newMembership } from '../../src/organizations/place.js'
import { setBreakGlass, type SetBreakGlassDeps } from '../../src/organizations/set-break-glass.js'
import { rememberingAudit } from '../support/audit.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const organizationId = newId<OrganizationId>()
const [self, other] = [newId<AccountId>(), newId<AccountId>()]
const place = { ...newMembership(organizationId, 'ADMIN', NOW), breakGlass: true }

/** An administrator without a factor, where every member needs one. */
function setting(member: AccountId, isOn: boolean) {
  const memberships = { [organizationId]: place }
  const mfaPolicy = { ...OPEN_MFA_POLICY, mode: 'REQUIRED_FOR_ALL' }
  const deps = {
    organizationStore: {
      find: () => Promise.resolve([{ id: organizationId, mfaPolicy, adminIds: [self], breakGlassIds: [] }]),
    },
    members: {
      find: () => Promise.resolve({ accountId: member, memberships, membershipRevision: 0 }),
      replacePlace: () => Promise.resolve(true),
    },
    directory: { expire: () => undefined },
    audit: rememberingAudit(),
    clock: movableClock(NOW),
    organizationLimits: { breakGlass: 5 },
    assurances: USUAL_ASSURANCES,
    installation: { methods: ['TOTP'] },
  } as unknown as SetBreakGlassDeps
  const actor = { accountId: self, memberships, factors: [], proofs: [] } as never
  return setBreakGlass(deps, { actor, organizationId, member, isOn, reason: 'test', context: null as never })
}

describe('an administrator who ends a break-glass exemption', () => {
  it('cannot shut themself out', async () => {
    expect(await setting(self, false)).toEqual({ kind: 'shuts-you-out' })
  })

  it('may put another member under the policy again', async () => {
    expect(await setting(other, false)).toEqual({ kind: 'set' })
  })
})
