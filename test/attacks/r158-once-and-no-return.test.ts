import {
  ChangeEmailDocument,
  ChangePasswordDocument,
  LeaveOrganizationDocument,
  MySessionsDocument,
  SelectOrganizationDocument,
  VerifyEmailDocument,
} from '../../src/client/generated/graphql.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { bringIn, tenant } from '../support/organizations.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

const NEW = 'another rather long passphrase'

describe.each(STORES)('R158 what is good once and what is over, on the %s store', (store) => {
  const network = interruptedStore()
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({
      store,
      env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' },
      wrapStore: network.wrap,
    })
  })
  afterAll(() => gateway.close())
  afterEach(() => {
    expect(network.isOver).toBe(true)
  })

  it('a link to sign in that two follow at the same moment opens one session', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    network.together('mailedLinks', 'updateOne', 2)
    const answers = await Promise.all([followLink(client.copy(), token), followLink(client.copy(), token)])
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', null])
    expect(Object.keys((await storedPerson(gateway, email)).sessions)).toHaveLength(1)
  })

  it('a link to set a password that two follow at the same moment sets one', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    const passwords = [NEW, 'the passphrase of the rival'] as const
    network.together('mailedLinks', 'updateOne', 2)
    const answers = await Promise.all(passwords.map((password) => resetWith(gateway.client(), token, password)))
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', null])
    const password = passwords[answers.findIndex((answer) => codeOf(answer) === null)] ?? ''
    expect((await signIn(gateway, email, { password })).result.__typename).toBe('SignedIn')
  })

  it('a link to confirm an address that two follow at the same moment changes it once', async () => {
    const person = await withTotp(gateway)
    const newEmail = `new-${person.email}`
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail } }))
    const token = await gateway.linkTokenFor(newEmail)
    const confirm = () => person.client.copy().send(VerifyEmailDocument, { input: { token } })
    network.together('confirmations', 'updateOne', 2)
    expect((await Promise.all([confirm(), confirm()])).map(codeOf).sort()).toEqual(['BAD_USER_INPUT', null])
  })

  it('a sign-in with the password that was changed meanwhile opens no session', async () => {
    const email = await registered(gateway)
    const { client: owner } = await signIn(gateway, email)
    const input = { currentPassword: PASSWORD, newPassword: NEW }
    network.before('accounts', 'changeOne', async () => {
      dataOf(await owner.send(ChangePasswordDocument, { input }))
    })
    await expect(signIn(gateway, email, { userAgent: CHROME })).rejects.toThrow('UNAUTHENTICATED')
    expect(dataOf(await owner.send(MySessionsDocument)).mySessions).toHaveLength(1)
  })

  it('a session changes over to no organization that was left meanwhile', async () => {
    const acme = await tenant(gateway)
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    dataOf(await person.client.send(SelectOrganizationDocument, { input: { organizationId: null } }))
    const elsewhere = person.client.copy()
    network.before('accounts', 'changeOne', async () => {
      dataOf(await elsewhere.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    })
    const sent = await person.client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } })
    expect(codeOf(sent)).toBe('BAD_USER_INPUT')
    const { sessions } = await storedPerson(gateway, person.email)
    expect(Object.values(sessions).map(({ organizationId }) => organizationId)).toEqual([null])
  })

  it('a link to set a password does not survive the report that it was not me', async () => {
    const email = await registered(gateway)
    await signIn(gateway, email)
    await signIn(gateway, email, { userAgent: CHROME })
    const notMe = notMeToken(await noticeTo(gateway, email, /new device/))
    const token = await askForReset(gateway, email)
    gateway.clock.advance(1)
    dataOf(await reportNotMe(gateway, notMe))
    expect(codeOf(await resetWith(gateway.client(), token, NEW))).toBe('UNAUTHENTICATED')
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
  })
})
