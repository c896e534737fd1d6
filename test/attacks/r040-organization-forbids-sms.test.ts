import {
  EnrollFactorDocument,
  MeDocument,
  ReadOrganizationDocument,
  LeaveOrganizationDocument,
} from '../../schema/generated/graphql.js'
import { challenged, guess, recoveryOption, ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { newNumber, textsTo, withSms, type PersonWithTelephone } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollTotp, signIn } from '../support/person.js'

const NO_SMS = { ...REQUIRED, methods: ['TOTP', 'WEBAUTHN'] } as const

describe.each(STORES)('R040 an organization that forbids text messages, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let person: PersonWithTelephone

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
    person = await withSms(gateway)
    await bringIn(gateway, acme, person)
    gateway.clock.advance(60)
  })
  afterAll(() => gateway.close())

  it('does not count a proof by an enrolled number, old or new, and challenges none', async () => {
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    const refused = await person.client.send(ReadOrganizationDocument)
    expect(codeOf(refused)).toBe('MFA_ENROLLMENT_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ enroll: ['WEBAUTHN', 'TOTP'] })
    const { id } = await challenged(person.client, person.telephone.factorId)
    expect(await guess(person.client, id, await person.telephone.code())).toBe('PASSED')
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
  })

  it("lets the number prove the person's own account, which is not the organization's to restrict", async () => {
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    expect(codeOf(await person.client.send(MeDocument))).toBeNull()
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
  })

  it('refuses to enrol one', async () => {
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    // The administrator has what the policy allows, and may manage their factors.
    const { client } = acme.admin
    const phoneNumber = newNumber()
    const refused = await client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['type'] })
    expect(await textsTo(gateway, phoneNumber)).toEqual([])
  })

  it('does not count an answer to a challenge that was already open', async () => {
    const open = await challenged(person.client, person.telephone.factorId)
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    await guess(person.client, open.id, await person.telephone.code())
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
  })

  it('does not finish an enrolment under way', async () => {
    const phoneNumber = newNumber()
    const { enrollFactor } = dataOf(
      await person.client.send(EnrollFactorDocument, { input: { type: 'SMS', phoneNumber } }),
    )
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    const code = /\b\d{6}\b/.exec((await textsTo(gateway, phoneNumber)).at(-1)?.text ?? '')?.[0] ?? ''
    expect(await guess(person.client, enrollFactor.challenge!.id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('lets a recovery code only enrol a new factor', async () => {
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    const { client, result } = await signIn(gateway, person.email)
    if (result.__typename !== 'MfaRequired') throw new Error(`an unexpected sign-in: ${result.__typename}`)
    expect(codeOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).not.toBeNull()
    const { id } = await challenged(client, recoveryOption(result.stepUp))
    expect(await guess(client, id, person.recoveryCodes[0]!)).toBe('PASSED')
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    await enrollTotp(gateway, client)
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
  })
})
