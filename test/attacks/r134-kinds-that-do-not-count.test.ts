import {
  EnrollFactorDocument,
  LeaveOrganizationDocument,
  MeDocument,
  ReadOrganizationDocument,
  RemoveFactorDocument,
  RequireReEnrollmentDocument,
  SelectOrganizationDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { openPeople } from '../../src/store/person-document.js'
import { challenged, guess, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms } from '../support/factors.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { noticesTo, notMeToken, reportNotMe } from '../support/notices.js'
import { bringIn, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from '../support/passkeys.js'
import { enrollTotp, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { newOperator } from '../support/services.js'
import { softPasskey } from '../support/soft-passkey.js'

const WEEK = 7 * 86_400
const MEMBERS_RESIST = { ...OPTIONAL, roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }] } as const

describe.each(STORES)('R134 a kind that does not count in an organization, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, ...PASSKEY_ENV } })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(() => gateway.close())

  const begin = async (client: Client, type: 'TOTP' | 'WEBAUTHN') =>
    codeOf(await client.send(EnrollFactorDocument, { input: { type } }))
  const kinds = async (email: string) =>
    Object.values((await storedPerson(gateway, email)).factors)
      .filter(({ type }) => type !== 'RECOVERY_CODE')
      .map(({ type, status }) => `${type} ${status}`)
      .sort()
  const factorOf = async (email: string, wanted: string) =>
    Object.values((await storedPerson(gateway, email)).factors).find(({ type }) => type === wanted)?.id as FactorId
  const disable = async (email: string, factorId: FactorId) =>
    openPeople(gateway.store).updateOne(
      { emailKey: email },
      { $set: { [`factors.${factorId}.status`]: 'DISABLED' }, $inc: { activeFactorCount: -1 } },
    )
  /** A member with an authenticator app and a passkey, where members need the passkey. */
  async function withPasskey() {
    const person = await withTotp(gateway)
    await enrollPasskey(person.client, softPasskey({ origin: ORIGIN }))
    await bringIn(gateway, acme, person)
    await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
    dataOf(await setPolicy(gateway, acme, MEMBERS_RESIST))
    return person
  }

  describe("for a role's requirement", () => {
    it('enrols and removes no factor in place of a passkey that wrong answers disabled', async () => {
      const person = await withPasskey()
      await disable(person.email, await factorOf(person.email, 'WEBAUTHN'))
      gateway.clock.advance(900)
      await stepUp(gateway, person.client, person.authenticator)
      expect(await begin(person.client, 'WEBAUTHN')).toBe('STEP_UP_REQUIRED')
      const gone = { factorId: await factorOf(person.email, 'WEBAUTHN') }
      expect(codeOf(await person.client.send(RemoveFactorDocument, gone))).toBe('STEP_UP_REQUIRED')
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    })

    it('does not open the organization, but can leave it', async () => {
      const person = await withPasskey()
      await disable(person.email, await factorOf(person.email, 'WEBAUTHN'))
      await stepUp(gateway, person.client, person.authenticator)
      expect(codeOf(await person.client.send(MeDocument))).toBeNull()
      dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
      expect(await begin(person.client, 'WEBAUTHN')).toBeNull()
    })

    it('enrols the first passkey of a member who never had one', async () => {
      const person = await withTotp(gateway)
      await bringIn(gateway, acme, person)
      await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
      await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
      dataOf(await setPolicy(gateway, acme, MEMBERS_RESIST))
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      await stepUp(gateway, person.client, person.authenticator)
      expect(await begin(person.client, 'WEBAUTHN')).toBeNull()
    })
  })

  describe('for a “This wasn’t me” link', () => {
    /** A member with an authenticator app and a telephone, and the notice about the app. */
    async function reported(first: 'TOTP' | 'SMS', policy: typeof REQUIRED) {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      if (first === 'TOTP') await enrollTotp(gateway, client)
      const { telephone } = await enrollSms(gateway, client)
      if (first === 'SMS') await enrollTotp(gateway, client)
      await bringIn(gateway, acme, { email, client })
      dataOf(await setPolicy(gateway, acme, { ...policy, methods: ['TOTP', 'WEBAUTHN'] }))
      const told = await until(async () => {
        const added = (await noticesTo(gateway, email)).filter(({ subject }) => subject.includes('was added'))
        return added.length >= 2 ? added : null
      })
      dataOf(await reportNotMe(gateway, notMeToken(told[first === 'TOTP' ? 0 : 1]!)))
      return { email, telephone }
    }

    it.each([
      ['the first factor, where one is required', 'TOTP', REQUIRED],
      ['the second factor, where one is required', 'SMS', REQUIRED],
      ['the first factor, where none is', 'TOTP', OPTIONAL],
      ['the second factor, where none is', 'SMS', OPTIONAL],
    ] as const)('leaves no account with only that kind: %s', async (_, first, policy) => {
      const { email, telephone } = await reported(first, policy)
      expect(await kinds(email)).toEqual(['SMS ACTIVE', 'TOTP DISABLED'])
      gateway.clock.advance(8 * WEEK)
      const { client } = await signIn(gateway, email)
      const { id } = await challenged(client, telephone.factorId)
      expect(await guess(client, id, await telephone.code())).toBe('PASSED')
      dataOf(await client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } }))
      const asked = policy === REQUIRED ? 'MFA_ENROLLMENT_REQUIRED' : null
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBe(asked)
      expect(await begin(client, 'TOTP')).toBe('STEP_UP_REQUIRED')
      expect(await begin(client, 'WEBAUTHN')).toBe('STEP_UP_REQUIRED')
      dataOf(await client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    })
  })

  describe('where an operator demands a new factor', () => {
    it('meets the demand anyway: the role’s rule applies to the organization, not to the account', async () => {
      const operator = await newOperator(gateway)
      const person = await withPasskey()
      await stepUp(gateway, operator.client, operator.authenticator)
      const accountId = (await storedPerson(gateway, person.email))._id
      dataOf(
        await operator.client.send(RequireReEnrollmentDocument, { input: { accountId, reason: 'lost the passkey' } }),
      )
      const { id } = await challenged(person.client, await factorOf(person.email, 'RECOVERY_CODE'))
      const input = { challengeId: id, recoveryCode: person.recoveryCodes[0] ?? '' }
      dataOf(await person.client.send(VerifyChallengeDocument, { input }))
      await enrollTotp(gateway, person.client)
      expect(await kinds(person.email)).toEqual(['TOTP ACTIVE'])
      expect(codeOf(await person.client.send(MeDocument))).toBeNull()
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    })
  })
})
