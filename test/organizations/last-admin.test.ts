import {
  LeaveOrganizationDocument,
  RemoveMemberDocument,
  SetBreakGlassDocument,
  SetMemberRoleDocument,
  type OrganizationRole,
} from '../../schema/generated/graphql.js'
import { organizationRepository } from '../../src/store/organization-repository.js'
import { openPeople } from '../../src/store/person-document.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { codeOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, tenant, type Tenant } from '../support/organizations.js'
import { withTotp, type PersonWithFactor } from '../support/person.js'

const ADMINS = 5
const ROUNDS = 4

interface Admin extends PersonWithFactor {
  readonly accountId: string
}

describe.each(STORES)('an organization keeps an administrator, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let admins: readonly Admin[]

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
    const others = [] as PersonWithFactor[]
    for (let nth = 1; nth < ADMINS; nth += 1) {
      const person = await withTotp(gateway)
      await bringIn(gateway, acme, person, 'ADMIN')
      others.push(person)
    }
    admins = await Promise.all(
      [acme.admin, ...others].map(async (each) => ({
        ...each,
        accountId: (await storedPerson(gateway, each.email))._id,
      })),
    )
  })
  afterAll(() => gateway.close())

  const setRole = (by: Admin, member: Admin, role: OrganizationRole) =>
    by.client.send(SetMemberRoleDocument, { input: { accountId: member.accountId, role } })

  /** The administrators according to their own documents, and according to the organization's. */
  async function counted() {
    const people = await openPeople(gateway.store).find({ organizationIds: acme.id })
    const are = people.filter(({ memberships }) => memberships[acme.id]?.role === 'ADMIN').map(({ _id }) => _id)
    const [organization] = await organizationRepository(gateway.store).find([acme.id])
    return { are: are.toSorted(), listed: (organization?.adminIds ?? []).toSorted() }
  }

  it('when all of them leave at the same moment: one stays', async () => {
    const codes = await Promise.all(
      admins.map(async ({ client }) =>
        codeOf(await client.send(LeaveOrganizationDocument, { organizationId: acme.id })),
      ),
    )
    expect(codes.filter((code) => code === null)).toHaveLength(ADMINS - 1)
    expect(codes.filter((code) => code === 'FORBIDDEN')).toHaveLength(1)
    const { are, listed } = await counted()
    expect(are).toHaveLength(1)
    expect(listed).toEqual(are)
  })

  it('when each takes the role from the next', async () => {
    await Promise.all(admins.map((by, nth) => setRole(by, admins[(nth + 1) % ADMINS]!, 'MEMBER')))
    const { are, listed } = await counted()
    expect(are.length).toBeGreaterThan(0)
    expect(listed).toEqual(are)
  })

  it('when roles are given and taken in parallel, in any order', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const calls = admins.flatMap((by, nth) => {
        const next = admins[(nth + 1) % ADMINS]!
        return [setRole(by, next, 'MEMBER'), setRole(by, by, 'MEMBER'), setRole(by, next, 'ADMIN')]
      })
      const codes = (await Promise.all(calls)).map(codeOf)
      expect(codes.filter((code) => code !== null && code !== 'FORBIDDEN')).toEqual([])
      const { are, listed } = await counted()
      expect(are.length).toBeGreaterThan(0)
      expect(listed).toEqual(are)
    }
  })

  it('when they remove each other', async () => {
    await Promise.all(
      admins.flatMap((by) => admins.map(({ accountId }) => by.client.send(RemoveMemberDocument, { accountId }))),
    )
    const { are, listed } = await counted()
    expect(are).toHaveLength(1)
    expect(listed).toEqual(are)
  })

  it('and stays within the limit of break-glass members when many are named at once', async () => {
    const reason = 'drill'
    const setAll = (enabled: boolean) =>
      Promise.all(
        admins.map(({ accountId }) =>
          acme.admin.client.send(SetBreakGlassDocument, { input: { accountId, enabled, reason } }),
        ),
      )
    const codes = (await setAll(true)).map(codeOf)
    expect(codes.filter((code) => code === null)).toHaveLength(2)
    const named = async () => {
      const people = await openPeople(gateway.store).find({ organizationIds: acme.id })
      return people.filter(({ memberships }) => memberships[acme.id]?.breakGlass).map(({ _id }) => _id)
    }
    const listed = async () => (await organizationRepository(gateway.store).find([acme.id]))[0]?.breakGlassIds ?? []
    expect((await listed()).toSorted()).toEqual((await named()).toSorted())
    await Promise.all([setAll(false), setAll(true), setAll(false)])
    const now = await named()
    expect(now.length).toBeLessThanOrEqual(2)
    for (const id of now) expect(await listed()).toContain(id)
  })
})
