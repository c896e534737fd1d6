import {
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
  type SignUpInput,
  type VerifyEmailInput,
} from '../../schema/generated/graphql.js'
import { ROOMY, withoutRequestId } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { storedIn } from '../support/stored.js'

const ATTACKERS = 'a passphrase of the attacker'
const OWNERS = 'a passphrase of the owner'
let victims = 0

describe.each(STORES)('R121 a stranger’s sign-up for an address, on the %s store', (store) => {
  let gateway: TestGateway

  beforeAll(async () => {
    // The attacker and the owner share the test's network, and with it the budget of mail for strangers there.
    const env = {
      ...ROOMY,
      STEPGATE_MESSAGE_LIMIT_DESTINATION_NETWORK: '1000/3600',
      STEPGATE_CONFIRMATION_ATTEMPTS: '3',
    }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  const newVictim = () => `besieged${(victims += 1)}@example.com`
  const signUp = async (client: Client, email: string, password: string, over: Partial<SignUpInput> = {}) => {
    const known = await gateway.linksTo(email)
    const { requestToken } = dataOf(await client.send(SignUpDocument, { input: { email, password, ...over } })).signUp
    return { token: await gateway.linkTokenFor(email, known), requestToken: requestToken ?? null }
  }
  const confirm = (client: Client, token: string, over: Partial<VerifyEmailInput> = {}) =>
    client.send(VerifyEmailDocument, { input: { token, ...over } })
  const elsewhere = (token: string, password: string) => confirm(gateway.client(), token, { password })
  const tryPassword = async (email: string, password: string) =>
    codeOf(await gateway.client().send(SignInDocument, { input: { email, password } }))
  const accountsOf = async (email: string) =>
    (await storedIn(gateway, 'accounts')).filter(({ emailKey }) => emailKey === email)
  const openFor = async (email: string) =>
    (await storedIn(gateway, 'confirmations')).filter(({ emailKey }) => emailKey === email)

  it('creates no account when the owner of the mailbox follows its link', async () => {
    const email = newVictim()
    const { token } = await signUp(gateway.client(), email, ATTACKERS)
    const refused = await confirm(gateway.client(), token)
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
    expect(refused.errors[0]?.extensions).toMatchObject({ fields: ['password', 'requestToken'] })
    expect(await accountsOf(email)).toEqual([])
    expect(await tryPassword(email, ATTACKERS)).toBe('UNAUTHENTICATED')
  })

  it('never sets an operator’s password', async () => {
    const { token } = await signUp(gateway.client(), ADMIN, ATTACKERS)
    expect(codeOf(await confirm(gateway.client(), token))).toBe('BAD_USER_INPUT')
    expect(await tryPassword(ADMIN, ATTACKERS)).toBe('UNAUTHENTICATED')
  })

  it.each(['first', 'last'] as const)(
    'leaves the owner with the owner’s password when the %s link that arrived is followed in the owner’s browser',
    async (whichever) => {
      const email = newVictim()
      const owner = gateway.client()
      // So many that some mails are not sent: the owner cannot choose which of them arrive.
      for (let nth = 0; nth < 12; nth += 1) {
        const [client, password] = nth === 10 ? [owner, OWNERS] : [gateway.client(), ATTACKERS]
        dataOf(await client.send(SignUpDocument, { input: { email, password } }))
      }
      await gateway.linkTokenFor(email)
      const tokens = (await gateway.mailTo(email)).flatMap(({ text }) => /#token=(\S+)/.exec(text)?.[1] ?? [])
      dataOf(await confirm(owner, tokens.at(whichever === 'first' ? 0 : -1)!))
      expect(await tryPassword(email, ATTACKERS)).toBe('UNAUTHENTICATED')
      expect(await tryPassword(email, OWNERS)).toBeNull()
      for (const token of tokens) expect(codeOf(await confirm(owner, token))).toBe('BAD_USER_INPUT')
      expect(await openFor(email)).toEqual([])
    },
  )

  it('leaves the owner with the owner’s password when its link is followed in another browser with that password', async () => {
    const email = newVictim()
    await signUp(gateway.client(), email, OWNERS)
    const { token } = await signUp(gateway.client(), email, ATTACKERS)
    dataOf(await elsewhere(token, OWNERS))
    expect(await tryPassword(email, ATTACKERS)).toBe('UNAUTHENTICATED')
    expect(await tryPassword(email, OWNERS)).toBeNull()
  })

  it('is not replaced by the owner’s, or vice versa: each browser has one open', async () => {
    const email = newVictim()
    const owner = gateway.client()
    const older = await signUp(owner, email, 'a passphrase thought better of')
    for (let nth = 0; nth < 3; nth += 1) await signUp(gateway.client(), email, ATTACKERS)
    const newest = await signUp(owner, email, OWNERS)
    expect(await openFor(email)).toHaveLength(4)
    expect(codeOf(await confirm(owner, older.token))).toBe('BAD_USER_INPUT')
    dataOf(await confirm(owner, newest.token))
    expect(await tryPassword(email, OWNERS)).toBeNull()
  })

  it('is answered only to the reader of the mailbox: a taken address gets the same answer', async () => {
    const taken = newVictim()
    const owner = gateway.client()
    dataOf(await confirm(owner, (await signUp(owner, taken, OWNERS)).token))
    const again = await gateway.client().send(SignUpDocument, { input: { email: taken, password: ATTACKERS } })
    const fresh = await gateway.client().send(SignUpDocument, { input: { email: newVictim(), password: ATTACKERS } })
    const bodies = [again, fresh].map(({ text }) => withoutRequestId(text))
    expect([again.status, bodies[0]]).toEqual([fresh.status, bodies[1]])
    expect(again.headers.getSetCookie()).toHaveLength(1)
    const guessed = await confirm(gateway.client(), 'A'.repeat(43), { password: ATTACKERS })
    const bare = await confirm(gateway.client(), 'A'.repeat(43))
    expect([guessed.text, guessed.status]).toEqual([bare.text, bare.status])
    expect(bare.errors[0]?.extensions['fields']).toBeUndefined()
  })

  it('accepts three wrong passwords and no right one after them, however many come at once', async () => {
    const email = newVictim()
    const { token } = await signUp(gateway.client(), email, ATTACKERS)
    const tried = await Promise.all(Array.from({ length: 12 }, () => elsewhere(token, OWNERS)))
    const wrong = tried.filter((answer) => codeOf(answer) === 'CODE_INVALID')
    expect(wrong.length).toBeGreaterThan(0)
    expect(wrong.length).toBeLessThanOrEqual(3)
    for (let nth = wrong.length; nth < 3; nth += 1) {
      expect((await elsewhere(token, OWNERS)).errors[0]?.extensions).toMatchObject({ attemptsLeft: 2 - nth })
    }
    expect(codeOf(await elsewhere(token, ATTACKERS))).toBe('BAD_USER_INPUT')
    expect(await accountsOf(email)).toEqual([])
  })

  it('creates one account when both passwords are given to both links at once', async () => {
    const email = newVictim()
    const { token: attackers } = await signUp(gateway.client(), email, ATTACKERS)
    const owner = gateway.client()
    const { token: owners } = await signUp(owner, email, OWNERS)
    const answers = await Promise.all(
      [attackers, owners].flatMap((token) => [confirm(owner, token), confirm(owner, token), elsewhere(token, OWNERS)]),
    )
    expect(answers.filter((answer) => codeOf(answer) === null)).toHaveLength(1)
    expect(await accountsOf(email)).toHaveLength(1)
    expect(await tryPassword(email, OWNERS)).toBeNull()
  })

  it('is not opened by the request token of another address, or by its own without the link', async () => {
    const email = newVictim()
    const attacker = await signUp(gateway.client(), 'attacker@example.com', ATTACKERS, { transport: 'BEARER' })
    const { token } = await signUp(gateway.client(), email, ATTACKERS)
    const { requestToken } = attacker
    expect(codeOf(await confirm(gateway.client(), token, { requestToken }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await confirm(gateway.client(), requestToken!, { requestToken }))).toBe('BAD_USER_INPUT')
    // The id of an open sign-up in the store is not secret; as a token it is worthless.
    const [open] = await openFor(email)
    const place = await confirm(gateway.client(), String(open?.['_id']), { password: ATTACKERS })
    expect(codeOf(place)).toBe('BAD_USER_INPUT')
    expect(await accountsOf(email)).toEqual([])
  })

  it('leaves apps unchanged: the request token and the link create the account', async () => {
    const email = newVictim()
    const app = gateway.client()
    const { token, requestToken } = await signUp(app, email, OWNERS, { transport: 'BEARER' })
    expect(app.cookies.size).toBe(0)
    expect(codeOf(await confirm(app, token))).toBe('BAD_USER_INPUT')
    dataOf(await confirm(app, token, { requestToken }))
    expect(await tryPassword(email, OWNERS)).toBeNull()
  })
})
