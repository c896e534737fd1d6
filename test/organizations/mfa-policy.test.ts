import {
  ReadOrganizationDocument,
  MembersDocument,
  RemoveFactorDocument,
  SetBreakGlassDocument,
  SetMfaOptInDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { bringIn, mine, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollTotp, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { isMessage } from '../support/messages.js'

describe.each(STORES)("an organization's MFA policy, on the %s store", (store) => {
  let gateway: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_FACTORS: 'TOTP,SMS,EMAIL,WEBAUTHN' } })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(() => gateway.close())

  async function member(): Promise<{ readonly email: string; readonly client: Client; readonly id: string }> {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    await bringIn(gateway, acme, { email, client })
    return { email, client, id: (await storedPerson(gateway, email))._id }
  }
  const choose = (client: Client, optIn: boolean) =>
    client.send(SetMfaOptInDocument, { input: { organizationId: acme.id, optIn } })
  const setBreakGlass = (accountId: string, enabled = true) =>
    acme.admin.client.send(SetBreakGlassDocument, { input: { accountId, enabled, reason: 'Ticket 4711' } })

  describe('is refused', () => {
    const soon = (seconds: number) => new Date(gateway.clock.now().getTime() + seconds * 1000).toISOString()
    const atRisk = (low: number, medium: number, high: number) => ({
      ...OPTIONAL,
      riskThresholds: { low, medium, high },
    })
    const CASES: readonly (readonly [string, () => OrganizationMfaPolicyInput, string])[] = [
      ['with a kind that is not in use', () => ({ ...REQUIRED, methods: ['PUSH'] }), 'methods'],
      ['with recovery codes as a kind', () => ({ ...REQUIRED, methods: ['TOTP', 'RECOVERY_CODE'] }), 'methods'],
      ['with no kind', () => ({ ...REQUIRED, methods: [] }), 'methods'],
      ['with kinds that are not a second factor', () => ({ ...REQUIRED, methods: ['EMAIL'] }), 'methods'],
      [
        'with a role that requires more than the kinds give',
        () => ({ ...OPTIONAL, methods: ['TOTP'], roles: [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' }] }),
        'methods',
      ],
      [
        'with a role that requires nothing',
        () => ({ ...OPTIONAL, roles: [{ role: 'ADMIN', assurance: 'ONE_FACTOR' }] }),
        'roles',
      ],
      [
        'with a role named twice',
        () => ({
          ...OPTIONAL,
          roles: [
            { role: 'ADMIN', assurance: 'MFA' },
            { role: 'ADMIN', assurance: 'MFA' },
          ],
        }),
        'roles',
      ],
      ['with a date that is past', () => ({ ...REQUIRED, enrollmentGraceUntil: soon(-1) }), 'enrollmentGraceUntil'],
      [
        'with a date too far off',
        () => ({ ...REQUIRED, enrollmentGraceUntil: soon(31_536_100) }),
        'enrollmentGraceUntil',
      ],
      ['with an age of zero', () => ({ ...REQUIRED, maxAgeSeconds: 0 }), 'maxAgeSeconds'],
      ['with an age too short to work', () => ({ ...REQUIRED, maxAgeSeconds: 299 }), 'maxAgeSeconds'],
      ['with a negative age', () => ({ ...REQUIRED, maxAgeSeconds: -1 }), 'maxAgeSeconds'],
      ['with risk levels that do not rise', () => atRisk(1, 1.5, 8), 'riskThresholds'],
      ['with a risk that no sign-in is below', () => atRisk(-21, 4, 8), 'riskThresholds'],
      ['with any risk being too high for a code', () => atRisk(-3, -1, 8), 'riskThresholds'],
      ['with any risk being too high for everything', () => atRisk(-3, 0, 3), 'riskThresholds'],
      ['with a risk that no sign-in reaches', () => atRisk(0, 4, 31), 'riskThresholds'],
      ['when it was changed since it was read', () => ({ ...REQUIRED, revision: 12 }), 'revision'],
    ]
    it.each(CASES)('%s', async (_, policy, field) => {
      const refused = await setPolicy(gateway, acme, policy())
      expect([codeOf(refused), refused.errors[0]?.extensions['fields']]).toEqual(['BAD_USER_INPUT', [field]])
      expect(await mine(acme.admin.client)).toMatchObject([{ mfaRequired: false }])
    })

    it('when it would shut out its author, unless there is a break-glass member', async () => {
      const passkeys = { ...REQUIRED, methods: ['WEBAUTHN'] } as const
      const refused = await setPolicy(gateway, acme, passkeys)
      expect([codeOf(refused), refused.errors[0]?.extensions['messageId']]).toEqual([
        'FORBIDDEN',
        'organization.shuts-you-out',
      ])
      const trusted = await member()
      dataOf(await setBreakGlass(trusted.id))
      dataOf(await setPolicy(gateway, acme, passkeys))
      expect(codeOf(await acme.admin.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(codeOf(await trusted.client.send(ReadOrganizationDocument))).toBeNull()
    })

    it('to administrators whose proof is older than a quarter of an hour', async () => {
      gateway.clock.advance(901)
      expect(codeOf(await acme.admin.client.send(MembersDocument))).toBe('STEP_UP_REQUIRED')
    })
  })

  it('is identified by its revision: of two callers who saw the same one, one succeeds', async () => {
    const { admin } = acme
    const text = `mutation Set($input: OrganizationMfaPolicyInput!) { setOrganizationMfaPolicy(input: $input) { revision } }`
    const sent = await Promise.all(
      [1, 2].map((nth) => admin.client.send(text, { input: { ...REQUIRED, maxAgeSeconds: 600 * nth, revision: 0 } })),
    )
    expect(sent.map(codeOf).toSorted()).toEqual(['BAD_USER_INPUT', null])
  })

  describe('for a member who may choose', () => {
    it('is what they chose, and can only be reverted after a fresh proof', async () => {
      const { client, email } = await member()
      expect(dataOf(await choose(client, true)).setMfaOptIn.optedIn).toBe(true)
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(codeOf(await choose(client, false))).toBe('MFA_ENROLLMENT_REQUIRED')
      const { authenticator } = await enrollTotp(gateway, client)
      expect(await mine(client)).toMatchObject([{ mfaRequired: true, mfaOptIn: true, enrolled: true }])
      gateway.clock.advance(301)
      expect(codeOf(await choose(client, false))).toBe('STEP_UP_REQUIRED')
      await stepUp(gateway, client, authenticator)
      expect(dataOf(await choose(client, false)).setMfaOptIn.optedIn).toBe(false)
      expect(await mine(client)).toMatchObject([{ mfaRequired: false, mfaOptIn: false }])
      const events = await eventsOf(gateway, email, 'member.mfa_choice_changed')
      expect(events.map(({ metadata }) => metadata['optIn'])).toEqual([true, false])
    })

    it('leaves no choice where it is required of every member, or of their role', async () => {
      const person = await withTotp(gateway)
      await bringIn(gateway, acme, person)
      const roles = [{ role: 'MEMBER', assurance: 'MFA' }] as const
      for (const policy of [REQUIRED, { ...OPTIONAL, roles }]) {
        dataOf(await setPolicy(gateway, acme, policy))
        await stepUp(gateway, person.client, person.authenticator)
        for (const optIn of [true, false]) expect(codeOf(await choose(person.client, optIn))).toBe('FORBIDDEN')
      }
    })
  })

  it('keeps the last factor that counts, whatever else the person has (R050)', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    const { factorId } = person.authenticator
    const remove = async () => codeOf(await person.client.send(RemoveFactorDocument, { factorId }))
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    await stepUp(gateway, person.client, person.authenticator)
    expect(await remove()).toBe('FORBIDDEN')
    dataOf(await setPolicy(gateway, acme, OPTIONAL))
    await stepUp(gateway, person.client, person.authenticator)
    expect(await remove()).toBeNull()
  })

  describe('is set aside for a break-glass member', () => {
    it('whose repeated reads cost the audit log one event a minute, with their number', async () => {
      const { id, email, client } = await member()
      dataOf(await setBreakGlass(id))
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      for (let nth = 0; nth < 20; nth += 1) expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
      expect(await eventsOf(gateway, email, 'organization.break_glass_used')).toHaveLength(1)
      gateway.clock.advance(61)
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
      const events = await eventsOf(gateway, email, 'organization.break_glass_used')
      expect(events).toHaveLength(2)
      expect(events.map(({ metadata }) => (metadata as { repeats?: number }).repeats)).toContain(20)
    })

    it('whose sign-ins, and what the policy would have refused, are recorded and reported to the others', async () => {
      const { id, email, client } = await member()
      dataOf(await setBreakGlass(id))
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
      const { client: fresh, result } = await signIn(gateway, email)
      expect(result.__typename).toBe('SignedIn')
      expect(codeOf(await fresh.send(ReadOrganizationDocument))).toBeNull()
      const events = await eventsOf(gateway, email, 'organization.break_glass_used')
      expect(events.map(({ reason, organizationId }) => [reason, organizationId])).toEqual([
        ['policy-set-aside', acme.id],
        ['signed-in', acme.id],
        ['policy-set-aside', acme.id],
      ])
      expect(events[0]?.context).toMatchObject({ operationName: 'ReadOrganization', operationHash: expect.any(String) })
      const told = await until(async () => {
        const mails = await gateway.mailTo(acme.admin.email)
        const found = mails.filter(isMessage('break-glass-used'))
        return found.length >= 3 ? found : null
      })
      expect(told[0]?.text).toContain('access to Acme')
      expect((await gateway.mailTo(email)).filter(isMessage('break-glass-used'))).toEqual([])
    })

    it('and nothing is recorded when the policy would have allowed it anyway', async () => {
      const person = await withTotp(gateway)
      await bringIn(gateway, acme, person)
      dataOf(await setBreakGlass((await storedPerson(gateway, person.email))._id))
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
      expect(await eventsOf(gateway, person.email, 'organization.break_glass_used')).toEqual([])
    })

    it('until the exemption ends', async () => {
      const { id, client } = await member()
      dataOf(await setBreakGlass(id))
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
      dataOf(await setBreakGlass(id, false))
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      const log = createAuditRepository(gateway.store)
      const filter = { accountId: id, actions: ['organization.break_glass_changed'] } as const
      const events = await log.find({ filter, order: 'OLDEST_FIRST', limit: 10 })
      expect(events.map(({ metadata }) => metadata)).toEqual([
        { isOn: true, note: 'Ticket 4711' },
        { isOn: false, note: 'Ticket 4711' },
      ])
    })

    it('of whom there are at most two', async () => {
      const people = [await member(), await member(), await member()]
      const codes: (string | null)[] = []
      for (const { id } of people) codes.push(codeOf(await setBreakGlass(id)))
      expect(codes).toEqual([null, null, 'FORBIDDEN'])
      dataOf(await setBreakGlass(people[0]!.id, false))
      expect(codeOf(await setBreakGlass(people[2]!.id))).toBeNull()
    })
  })
})
