import { NO_EVENTS } from '../../src/audit/index.js'
import { newId, type AccountId, type OrganizationId } from '../../src/kernel/ids.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { createDirectory, type Directory, type OrganizationStore } from '../../src/organizations/index.js'
import { OPEN_MFA_POLICY, type Organization } from '../../src/organizations/organization.js'
import { organizationRepository } from '../../src/store/index.js'
import { aroundStore } from '../support/around-store.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'

const organization = (over: Partial<Organization> = {}): Organization => ({
  id: newId<OrganizationId>(),
  name: 'Acme',
  createdAt: new Date('2100-01-01T00:00:00Z'),
  mfaPolicy: OPEN_MFA_POLICY,
  domains: [],
  pendingDomains: [],
  adminIds: [newId<AccountId>()],
  breakGlassIds: [],
  revision: 0,
  ...over,
})
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.each(STORES)('organizations in the %s store', (kind) => {
  let own: OwnStore
  /** The store as another process writes to it. */
  let theirs: OrganizationStore
  let directory: Directory
  let isSilent = false
  /** Runs before the next answer of this method is passed on. */
  let interject: { readonly verb: string; readonly work: () => Promise<unknown> } | null = null

  beforeEach(async () => {
    own = await ownStore(kind)
    theirs = organizationRepository(own.store)
    const ours = aroundStore(own.store, async ({ verb }, carryOut) => {
      if (isSilent) throw new Unavailable('store')
      const answer = await carryOut()
      const asked = interject
      if (asked?.verb === verb) {
        interject = null
        await asked.work()
      }
      return answer
    })
    directory = createDirectory({ organizationStore: organizationRepository(ours) })
    await own.store.prepare()
  })
  afterEach(async () => {
    isSilent = false
    await directory.close()
    await own.discard()
  })

  async function made(over: Partial<Organization> = {}): Promise<Organization> {
    const each = organization(over)
    await theirs.create(each)
    return each
  }
  async function rename(id: OrganizationId, name: string): Promise<void> {
    const [found] = await theirs.find([id])
    expect(await theirs.replace({ ...found!, name }, found!.revision, NO_EVENTS)).toBe('replaced')
  }
  const nameOf = async (id: OrganizationId) => (await directory.find([id])).get(id)?.name ?? null

  it('are returned as they were created', async () => {
    const full = await made({
      domains: ['acme.test', 'acme.example'],
      pendingDomains: [{ domain: 'soon.test', token: 'x', addedAt: new Date('2100-01-02T00:00:00Z') }],
      mfaPolicy: {
        mode: 'REQUIRED_FOR_ALL',
        methods: ['TOTP'],
        rememberedDevices: false,
        riskThresholds: { low: -1, medium: 3, high: 7 },
        enrollmentGraceUntil: new Date('2100-02-01T00:00:00Z'),
        maxAgeSeconds: 600,
        roles: [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' }],
      },
    })
    await made()
    await made()
    expect(await theirs.find([full.id, newId()])).toEqual([full])
    expect(await theirs.findByDomain('acme.example')).toEqual(full)
    expect(await theirs.findByDomain('soon.test')).toBeNull()
  })

  it('are replaced by one of many callers that saw the same revision', async () => {
    const { id } = await made()
    const [found] = await theirs.find([id])
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => theirs.replace({ ...found!, name: `name ${nth}` }, 0, NO_EVENTS)),
    )
    expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1)
    expect((await theirs.find([id]))[0]?.revision).toBe(1)
  })

  it('have one owner for each domain, however many prove it at once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => made()))
    const outcomes = await Promise.all(
      all.map((each) => theirs.replace({ ...each, domains: ['acme.test'] }, 0, NO_EVENTS)),
    )
    expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'domain-taken')).toHaveLength(5)
    const owner = await theirs.findByDomain('acme.test')
    expect(await theirs.replace({ ...owner!, domains: [] }, owner!.revision, NO_EVENTS)).toBe('replaced')
    const [another] = all.filter(({ id }) => id !== owner!.id)
    expect(await theirs.replace({ ...another!, domains: ['acme.test'] }, 0, NO_EVENTS)).toBe('replaced')
  })

  it("are answered from memory, with another process's changes within a second", async () => {
    const { id } = await made()
    expect(await nameOf(id)).toBe('Acme')
    const before = own.store.roundTrips
    for (let times = 0; times < 100; times += 1) await nameOf(id)
    expect(own.store.roundTrips - before).toBeLessThanOrEqual(1)
    await rename(id, 'Renamed')
    await pause(1000)
    expect(await nameOf(id)).toBe('Renamed')
  })

  it('are read at once after a change in this process', async () => {
    const { id } = await made()
    expect(await nameOf(id)).toBe('Acme')
    await rename(id, 'Renamed')
    directory.expire()
    expect(await nameOf(id)).toBe('Renamed')
  })

  it('are current when they change during the first read', async () => {
    await nameOf((await made()).id)
    const { id } = await made()
    await rename((await made()).id, 'to have something to find')
    // The answer with the old name is on its way while the name changes and a poll for changes comes in between.
    interject = {
      verb: 'find',
      work: async () => {
        await rename(id, 'Renamed')
        directory.expire()
        await directory.find([])
      },
    }
    await nameOf(id)
    directory.expire()
    expect(await nameOf(id)).toBe('Renamed')
    expect(interject).toBeNull()
  })

  it('are absent until they are created', async () => {
    const later = organization()
    expect(await nameOf(later.id)).toBeNull()
    await theirs.create(later)
    await pause(1000)
    expect(await nameOf(later.id)).toBe('Acme')
  })

  it('are not answered from memory for longer than a second when the store is silent', async () => {
    const { id } = await made()
    expect(await nameOf(id)).toBe('Acme')
    isSilent = true
    await pause(900)
    await expect(nameOf(id)).rejects.toThrow(Unavailable)
    isSilent = false
    expect(await nameOf(id)).toBe('Acme')
  })
})
