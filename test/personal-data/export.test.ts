import {
  EnrollFactorDocument,
  ExportAccountDataDocument,
  ExportMyDataDocument,
  MeDocument,
  MyVisibleProfileDocument,
  RegenerateRecoveryCodesDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { visibleProfile } from '../../src/accounts/index.js'
import { NO_PERSONAL_DATA } from '../../src/accounts/account.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createSecrets } from '../../src/kernel/secrets.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { toAccount } from '../../src/store/person-document.js'
import { eventsOf, storedPerson } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { noticesTo } from '../support/notices.js'
import { bringIn, createOrganization } from '../support/organizations.js'
import { PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { PROXIED, tracedPerson, tracesIn, type TracedPerson } from '../support/traces.js'
import { isMessage } from '../support/messages.js'

interface Exported {
  readonly account: Readonly<Record<string, unknown>>
  readonly profile: Readonly<Record<string, unknown>>
  readonly noticeAddresses: readonly string[]
  readonly factors: readonly Readonly<Record<string, unknown>>[]
  readonly devices: readonly Readonly<Record<string, unknown>>[]
  readonly sessions: readonly Readonly<Record<string, unknown>>[]
  readonly riskProfile: Readonly<Record<string, unknown>>
  readonly links: readonly Readonly<Record<string, unknown>>[]
  readonly auditEvents: readonly {
    readonly id: string
    readonly action: string
    readonly by: string
    readonly risk: { readonly contributions: readonly object[] } | null
  }[]
}

interface Members {
  readonly members: { readonly edges: readonly { readonly node: unknown }[] }
}

describe.each(STORES)('the export of an account, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let person: TracedPerson
  let other: TracedPerson
  beforeAll(async () => {
    gateway = await startGateway({ store, env: PROXIED })
    operator = await withTotp(gateway, ADMIN)
    ;[person, other] = [await tracedPerson(gateway), await tracedPerson(gateway)]
  }, 60_000)
  afterAll(() => gateway.close())

  const exportOf = async (who: PersonWithFactor, after: string | null = null) => {
    const { exportMyData } = dataOf(await who.client.send(ExportMyDataDocument, { after }))
    return { ...exportMyData, data: exportMyData.data as unknown as Exported }
  }

  it('has all its data, readable', async () => {
    await stepUp(gateway, person.client, person.authenticator)
    const { schemaVersion, data } = await exportOf(person)
    const { email, emailKey, ip, userAgent, displayName, secondAddress, newAddress, deviceName } = person.traces
    expect(schemaVersion).toBe(1)
    expect(data.account).toMatchObject({ id: person.id, email, emailKey, hasPassword: true, status: 'ACTIVE' })
    expect(data.profile).toMatchObject({ displayName, visibleToOrganizations: ['displayName'] })
    expect(data.noticeAddresses).toEqual([email, secondAddress])
    expect(data.factors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'TOTP', id: person.authenticator.factorId, wrongAnswersInARow: 0 }),
        expect.objectContaining({ type: 'EMAIL', destination: secondAddress }),
        expect.objectContaining({ type: 'RECOVERY_CODE', codesLeft: 10 }),
      ]),
    )
    expect(data.devices).toContainEqual(expect.objectContaining({ name: deviceName, address: ip }))
    expect(data.sessions).toContainEqual(expect.objectContaining({ state: 'active', address: ip, userAgent }))
    const waiting = data.links.map(({ kind, email: to }) => [kind, to])
    expect(waiting.toSorted()).toEqual([
      ['EMAIL_CHANGE', newAddress],
      ['RESET', email],
      ['SIGN_IN', email],
    ])
    expect(data.riskProfile).toMatchObject({
      signInsAndStepUps: expect.any(Number),
      seen: { browsers: expect.any(Array), hosts: [expect.objectContaining({ keyedHash: expect.any(String) })] },
    })
    const actions = data.auditEvents.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['account.created', 'session.created', 'challenge.failed']))
    const assessed = data.auditEvents.find(({ risk }) => risk !== null)
    expect(assessed?.risk?.contributions).toContainEqual(
      expect.objectContaining({ code: 'PRIOR_ODDS', detail: expect.stringMatching(/[.]$/) }),
    )
  })

  it('has everything personal that is known, and no secret', async () => {
    const codes = dataOf(await person.client.send(RegenerateRecoveryCodesDocument)).regenerateRecoveryCodes
    const { enrollFactor } = dataOf(await person.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    await stepUp(gateway, person.client, person.authenticator)
    const text = JSON.stringify((await exportOf(person)).data)
    const hashed = ['timeZone']
    expect(tracesIn(text, person).toSorted()).toEqual(
      Object.keys(person.traces)
        .filter((name) => !hashed.includes(name))
        .toSorted(),
    )
    const { passwordHash, sessions, devices, factors, enrollments } = await storedPerson(
      gateway,
      person.traces['emailKey'] ?? '',
    )
    const materials = [...Object.values(factors), ...Object.values(enrollments)].flatMap(({ type, material }) =>
      type === 'EMAIL' ? [] : Object.values(material).flatMap((value) => secretTexts(value)),
    )
    const secrets = [
      PASSWORD,
      passwordHash,
      person.authenticator.secret,
      enrollFactor.totp?.secret,
      ...codes.recoveryCodes,
      ...person.client.cookies.values(),
      ...Object.values(sessions).flatMap(({ secretHash, refresh }) => [secretHash, refresh?.hash]),
      ...Object.values(devices).map(({ secretHash }) => secretHash),
      ...materials,
    ].filter((secret) => secret != null)
    expect(secrets.length).toBeGreaterThan(20)
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  it('has nothing of other people, nor where an operator acted from', async () => {
    await stepUp(gateway, operator.client, operator.authenticator)
    const input = { accountId: person.id, reason: 'ticket 12' }
    dataOf(await operator.client.send(ExportAccountDataDocument, { input }))
    await stepUp(gateway, person.client, person.authenticator)
    const { data } = await exportOf(person)
    const text = JSON.stringify(data)
    expect(tracesIn(text, other)).toEqual([])
    expect(text).not.toContain(other.id)
    const [operatorId] = (await eventsOf(gateway, ADMIN, 'account.created')).map(({ actor }) => actor.id)
    expect(text).not.toContain(operatorId)
    const [byOperator] = data.auditEvents.filter(({ action }) => action === 'admin.account_exported')
    expect(byOperator).toMatchObject({ by: 'SOMEBODY_ELSE', context: null, metadata: { note: 'ticket 12' } })
  })

  it('has nothing about the people an operator acted on, when it is the operator’s own', async () => {
    await stepUp(gateway, operator.client, operator.authenticator)
    const text = JSON.stringify((await exportOf(operator)).data)
    expect(text).toContain('admin.account_exported')
    expect(text).not.toContain(person.id)
    expect(text).not.toContain('ticket 12')
  })

  it('has pages of audit events, each event exactly once', async () => {
    for (let done = 0; done < 230; done += 1) await other.client.post(JSON.stringify({ query: DENIED }))
    await stepUp(gateway, other.client, other.authenticator)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await exportOf(other, after)
      if (after !== null) expect(Object.keys(page.data)).toEqual(['exportedAt', 'auditEvents'])
      seen.push(...page.data.auditEvents.map(({ id }) => id))
      after = page.nextAfter ?? null
    } while (after !== null)
    const log = createAuditRepository(gateway.store)
    const filter = { accountId: other.id }
    const all = await log.find({ filter, order: 'NEWEST_FIRST', limit: 1000 })
    const later = all.filter(({ action }) => action === 'account.exported')
    expect(seen).toHaveLength(all.length - later.length)
    expect(new Set(seen).size).toBe(seen.length)
    const answer = await other.client.send(ExportMyDataDocument, { after: 'elsewhere' })
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['after'] })
  })

  it('is recorded and reported to the person, with an operator’s reason', async () => {
    const email = person.traces['emailKey'] ?? ''
    expect(await eventsOf(gateway, email, 'account.exported')).not.toEqual([])
    expect(await eventsOf(gateway, email, 'admin.account_exported')).toMatchObject([
      { metadata: { note: 'ticket 12' }, outcome: 'SUCCESS' },
    ])
    const told = (await noticesTo(gateway, person.email)).filter(isMessage('data-exported'))
    expect(told.length).toBeGreaterThan(0)
  })

  it('needs fresh MFA, and an operator for another account', async () => {
    await stepUp(gateway, person.client, person.authenticator)
    const input = { accountId: other.id, reason: 'curiosity' }
    expect(codeOf(await person.client.send(ExportAccountDataDocument, { input }))).toBe('FORBIDDEN')
    gateway.clock.advance(301)
    expect(codeOf(await person.client.send(ExportMyDataDocument))).toBe('STEP_UP_REQUIRED')
    gateway.clock.advance(600)
    expect(codeOf(await operator.client.send(ExportAccountDataDocument, { input }))).toBe('STEP_UP_REQUIRED')
  })

  describe("a profile as an organization's administrators see it", () => {
    it('has what its owner chose, and nothing by default', async () => {
      await stepUp(gateway, person.client, person.authenticator)
      const { displayName, legalName } = person.traces
      const seen = async () => dataOf(await person.client.send(MyVisibleProfileDocument)).me.visibleProfile
      const id = dataOf(await person.client.send(MeDocument)).me.id
      const hidden = { id, legalName: null, dateOfBirth: null, taxId: null, phoneNumber: null, postalAddress: null }
      expect(await seen()).toEqual({ ...hidden, displayName })
      await person.client.send(UpdateProfileDocument, {
        input: { visibleToOrganizations: ['LEGAL_NAME', 'LEGAL_NAME'] },
      })
      expect(await seen()).toEqual({ ...hidden, displayName: null, legalName })
      dataOf(await person.client.send(UpdateProfileDocument, { input: { visibleToOrganizations: null } }))
      expect(await seen()).toEqual({ ...hidden, displayName: null })
    })

    it('is empty when nothing was chosen, such as one of an earlier version', async () => {
      const ring = createSecrets(createKeyRing([{ id: 'k1', secret: Buffer.alloc(32, 7) }]))
      const account = toAccount(await storedPerson(gateway, ADMIN))
      const sealedProfile = ring.seal(JSON.stringify({ legalName: 'An Operator' }), `profile:${account.id}`)
      const { visibleToOrganizations: _, ...nothing } = NO_PERSONAL_DATA
      expect(visibleProfile(ring, { ...account, sealedProfile })).toEqual(nothing)
    })

    it('is in the list of members, for those who allow it', async () => {
      const host = await tracedPerson(gateway)
      const id = await createOrganization(host.client)
      await stepUp(gateway, other.client, other.authenticator)
      await bringIn(gateway, { id, name: 'Acme', admin: host }, other)
      await stepUp(gateway, host.client, host.authenticator)
      const query = '{ members { edges { node { accountId profile { displayName legalName taxId } } } } }'
      const { members } = dataOf(await host.client.send(query)) as unknown as Members
      const hidden = { legalName: null, taxId: null }
      expect(members.edges.map(({ node }) => node)).toEqual(
        expect.arrayContaining([
          { accountId: host.id, profile: { displayName: host.traces['displayName'], ...hidden } },
          { accountId: other.id, profile: { displayName: other.traces['displayName'], ...hidden } },
        ]),
      )
    })

    it('is sealed with the rest', async () => {
      const { sealedProfile } = await storedPerson(gateway, person.traces['emailKey'] ?? '')
      expect(sealedProfile).not.toContain('visible')
    })
  })
})

const DENIED = '{ accounts { edges { cursor } } }'

/** Texts long enough to be a hash, a key or something sealed. */
function secretTexts(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 16 ? [value] : []
  return typeof value === 'object' && value !== null && !(value instanceof Date)
    ? Object.values(value).flatMap(secretTexts)
    : []
}
