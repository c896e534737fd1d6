import { MeDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { eventsOf, ROOMY, storedPerson, withoutRequestId } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { adminAnswer, askToMove, grant, madeOperator, moveTo, rolesSeen, signedInAnew } from '../support/operators.js'
import { PASSWORD, registered, withTotp, type PersonWithFactor } from '../support/person.js'
import { backendOf, newBackend } from '../support/services.js'
import { newestMail } from '../support/messages.js'

const LISTED = 'boss@example.com'
const IN_UNICODE = 'Chief@Exämple.org'
const env = { ...ROOMY, STEPGATE_ADMINISTRATORS: `${ADMIN},${LISTED},chief@xn--exmple-cua.org` }

describe.each(STORES)('R159 roles follow the account, not the address, on the %s store', (store) => {
  let gateway: TestGateway
  let stranger: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env })
    stranger = await withTotp(gateway)
  })
  afterAll(() => gateway.close())

  describe('an account that requests a change to a listed address', () => {
    it('gets nothing: no link is sent, its mailbox is told why, and the address stays unchanged', async () => {
      expect(dataOf(await askToMove(gateway, stranger, LISTED)).changeEmail.confirmationSent).toBe(true)
      const mail = await newestMail(gateway, LISTED, 'address-not-available')
      expect(mail.text).not.toMatch(/#token=/)
      expect(await gateway.linksTo(LISTED)).toBe(0)
      expect(await rolesSeen(stranger.client)).toEqual([])
      expect(dataOf(await stranger.client.send(MeDocument)).me.email).toBe(stranger.email)
      expect(await adminAnswer(gateway, stranger)).toBe('FORBIDDEN')
    })

    it('is on record as refused', async () => {
      await askToMove(gateway, stranger, LISTED)
      const asked = await eventsOf(gateway, stranger.email, 'account.email_change_requested')
      expect(asked.at(-1)).toMatchObject({ outcome: 'DENIED', reason: 'listed-address' })
    })

    it('is answered as for any other address, so the answer does not reveal the operators', async () => {
      const answers = []
      for (const address of ['nobody@example.com', LISTED, await registered(gateway)]) {
        const { status, text } = await askToMove(gateway, stranger, address)
        answers.push([status, withoutRequestId(text)])
      }
      expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
    })

    it.each([
      'BOSS@EXAMPLE.COM',
      ' boss@example.com ',
      'boss＠example.com',
      'ｂｏｓｓ@example.com',
      'bo\u017F\u017F@example.com',
      'boss@\u24D4xample.com',
      IN_UNICODE,
      'CHIEF@XN--EXMPLE-CUA.ORG',
    ])('is refused in every spelling: %j', async (spelling) => {
      const before = (await eventsOf(gateway, stranger.email, 'account.email_change_requested')).length
      dataOf(await askToMove(gateway, stranger, spelling))
      const asked = await eventsOf(gateway, stranger.email, 'account.email_change_requested')
      expect(asked.slice(before)).toMatchObject([{ outcome: 'DENIED', reason: 'listed-address' }])
    })
  })

  it('an operator who changes to another address stays one, in the same session and the next', async () => {
    const operator = await withTotp(gateway, ADMIN)
    expect(await adminAnswer(gateway, operator)).toBeNull()
    await moveTo(gateway, operator, 'renamed@example.com')
    expect(await adminAnswer(gateway, operator)).toBeNull()
    const renamed = { ...operator, email: 'renamed@example.com' }
    expect(await adminAnswer(gateway, await signedInAnew(gateway, renamed))).toBeNull()
  })

  it.each(['boss+1@example.com', 'b.oss@example.com', 'boss@example.com.evil.org', 'boss@mail.example.com'])(
    'an address that only looks like a listed one gives nothing: %s',
    async (address) => {
      expect(await rolesSeen((await withTotp(gateway, address)).client)).toEqual([])
    },
  )

  it('an address that a backend reports gives nothing, and the command line does not find it', async () => {
    const { secret } = await newBackend(gateway, await madeOperator(gateway, await withTotp(gateway)))
    await backendOf(gateway, secret).begin('boss', { email: LISTED, intent: 'ENROLL' })
    const linked = await openPeople(gateway.store).findOne({ email: LISTED })
    expect(linked).toMatchObject({ emailKey: expect.stringMatching(/^linked:/), roles: {} })
    expect(await grant(gateway, LISTED)).toMatchObject({ status: 1, text: expect.stringMatching(/no account/) })
    // Not by its id either: the holder of the backend's key could sign in as it.
    const byId = await grant(gateway, linked?._id ?? '')
    expect(byId).toMatchObject({ status: 1, text: expect.stringMatching(/another login vouches/) })
    expect(await openPeople(gateway.store).findOne({ email: LISTED })).toMatchObject({ roles: {} })
  })

  it.each([
    ['signUp', 'SignUpInput', { email: 'forger@example.com', password: PASSWORD, roles: ['ADMIN'] }],
    ['signIn', 'SignInInput', { email: 'forger@example.com', password: PASSWORD, roles: ['ADMIN'] }],
    ['updateProfile', 'UpdateProfileInput', { displayName: 'Boss', roles: { ADMIN: { revokedAt: null } } }],
    ['changeEmail', 'ChangeEmailInput', { newEmail: 'forger@example.com', 'roles.ADMIN.grantedAt': 0 }],
  ])('%s does not accept a role from its caller', async (field, type, input) => {
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
    const answer = await stranger.client.post(JSON.stringify({ query, variables: { input } }))
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT'])
    expect((await storedPerson(gateway, stranger.email)).roles).toEqual({})
  })
})

describe.each(STORES)('R159 addresses that are listed later, on the %s store', (store) => {
  let kept: KeptDirectory
  beforeEach(async () => {
    kept = await keptDirectory(store)
  })
  afterEach(() => kept.remove())

  const start = (administrators: string, before?: TestGateway) =>
    startGateway({
      env: { ...ROOMY, ...kept.env, STEPGATE_ADMINISTRATORS: administrators },
      ...(before ? { clock: before.clock } : {}),
    })

  it('are refused to a change that was requested before', async () => {
    const before = await start(ADMIN)
    const stranger = await withTotp(before)
    dataOf(await askToMove(before, stranger, LISTED))
    const token = await before.linkTokenFor(LISTED)
    await before.close()

    const after = await start(`${ADMIN},${LISTED}`, before)
    const followed = await after.client().send(VerifyEmailDocument, { input: { token } })
    expect(codeOf(followed)).toBe('BAD_USER_INPUT')
    const person = { ...stranger, client: stranger.client.at(after.url) }
    expect(dataOf(await person.client.send(MeDocument)).me).toMatchObject({ email: stranger.email, roles: [] })
    await after.close()
  })

  it('give nothing to an account that had changed to one, at its next sign-in either', async () => {
    const before = await start(ADMIN)
    const stranger = await withTotp(before)
    await moveTo(before, stranger, LISTED)
    await before.close()

    const after = await start(`${ADMIN},${LISTED}`, before)
    expect(await rolesSeen(stranger.client.at(after.url))).toEqual([])
    const { client } = await signedInAnew(after, { ...stranger, email: LISTED })
    expect(await rolesSeen(client)).toEqual([])
    expect((await storedPerson(after, LISTED)).roles).toEqual({})
    await after.close()
  })
})
