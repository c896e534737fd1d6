import {
  AcceptInvitationDocument,
  AccountsDocument,
  InviteMemberDocument,
  MeDocument,
  RequestPasswordResetDocument,
  SignInDocument,
  SignInWithExternalTokenDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { parseEmailAddress } from '../../src/accounts/index.js'
import { openPeople } from '../../src/store/person-document.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withRsa, type Issuer } from '../support/issuer.js'
import { askForLink, followLink } from '../support/links.js'
import { adminAnswer, rolesSeen } from '../support/operators.js'
import { createOrganization, invitationTokenFor } from '../support/organizations.js'
import { enrollTotp, PASSWORD, signIn, withTotp, type PersonWithFactor } from '../support/person.js'
import { newestMail } from '../support/messages.js'

const STRANGERS = 'a passphrase of the stranger'
const listed = (n: number) => `boss${n}@example.com`

/* An attacker without the listed mailbox tries everything that leads to an account with its address. */
describe.each(STORES)('R159 a listed address without an account, on the %s store', (store) => {
  let issuer: Issuer
  let gateway: TestGateway
  let nth = 0
  let address: string

  beforeAll(async () => {
    issuer = await startIssuer()
    const all = Array.from({ length: 20 }, (_, n) => listed(n)).join(',')
    const env = { ...ROOMY, STEPGATE_ADMINISTRATORS: all, STEPGATE_MESSAGE_LIMIT_DESTINATION_NETWORK: '1000/3600' }
    const trusted = [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256'] }]
    gateway = await startTrusting(store, trusted, env)
  })
  afterAll(async () => {
    await gateway.close()
    await issuer.close()
  })
  beforeEach(() => {
    address = listed((nth += 1))
  })

  const signUp = async (client: Client, email: string, password: string) => {
    const mailbox = parseEmailAddress(email)?.written ?? email
    const known = await gateway.linksTo(mailbox)
    dataOf(await client.send(SignUpDocument, { input: { email, password } }))
    return gateway.linkTokenFor(mailbox, known)
  }
  const holders = async () =>
    (await openPeople(gateway.store).find({ email: address })).filter(({ roles }) => roles?.ADMIN !== undefined)
  const tryPassword = async (password: string) =>
    codeOf(await gateway.client().send(SignInDocument, { input: { email: address, password } }))

  /** What the mailbox's owner may do with a link that an attacker caused: none of it may help the attacker. */
  const follows: Readonly<Record<string, (token: string) => Promise<unknown>>> = {
    'a scanner opens it': (token) => fetch(`${gateway.url}/confirm#token=${token}`),
    'a scanner presses its button': (token) => gateway.client().send(VerifyEmailDocument, { input: { token } }),
    'the owner gives a password of hers': (token) =>
      gateway.client().send(VerifyEmailDocument, { input: { token, password: PASSWORD } }),
    'the owner follows it as a link to sign in': (token) => followLink(gateway.client(), token),
  }

  it.each(Object.entries(follows))("gives an attacker's sign-up nothing when %s", async (_, follow) => {
    for (const spelling of [address, address.toUpperCase(), address.replace('@', '＠')]) {
      const token = await signUp(gateway.client(), spelling, STRANGERS)
      await follow(token)
    }
    expect(await openPeople(gateway.store).count({ emailKey: address })).toBe(0)
    expect(await tryPassword(STRANGERS)).toBe('UNAUTHENTICATED')
  })

  it('belongs to its owner when she signs up among attackers, and gives the role only with her password and a second factor', async () => {
    const owner = gateway.client()
    const token = await signUp(gateway.client(), address, STRANGERS)
    await signUp(owner, address, PASSWORD)
    await signUp(gateway.client(), address, STRANGERS)
    dataOf(await owner.send(VerifyEmailDocument, { input: { token } }))
    expect(await tryPassword(STRANGERS)).toBe('UNAUTHENTICATED')
    expect(await holders()).toEqual([])
    const { client } = await signIn(gateway, address)
    expect(await rolesSeen(client)).toEqual(['ADMIN'])
    expect(codeOf(await client.send(AccountsDocument, {}))).toBe('STEP_UP_REQUIRED')
    const person: PersonWithFactor = { email: address, client, ...(await enrollTotp(gateway, client)) }
    expect(await adminAnswer(gateway, person)).toBeNull()
  })

  it('gives an attacker nothing when its owner follows a sign-in link that the attacker requested', async () => {
    const stranger = gateway.client()
    const { token } = await askForLink(gateway, address, stranger)
    expect(codeOf(await followLink(gateway.client(), token))).not.toBeNull()
    expect(codeOf(await followLink(gateway.client(), token, { code: '000000' }))).not.toBeNull()
    expect(await openPeople(gateway.store).count({ emailKey: address })).toBe(0)
    expect(codeOf(await stranger.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('gets no password reset link while it has no account', async () => {
    dataOf(await gateway.client().send(RequestPasswordResetDocument, { input: { email: address } }))
    const { text } = await newestMail(gateway, address, 'no-account')
    expect(text).not.toContain('#token=')
    expect(await gateway.linksTo(address)).toBe(0)
  })

  it('gives an attacker nothing when they invite it to an organization, and no one else can accept the invitation', async () => {
    const stranger = await withTotp(gateway)
    await createOrganization(stranger.client)
    dataOf(await stranger.client.send(InviteMemberDocument, { input: { email: address, role: 'ADMIN' } }))
    const token = await invitationTokenFor(gateway, address)
    expect(codeOf(await gateway.client().send(AcceptInvitationDocument, { input: { token } }))).toBe('UNAUTHENTICATED')
    expect(codeOf(await stranger.client.send(AcceptInvitationDocument, { input: { token } }))).toBe('BAD_USER_INPUT')
    expect(await rolesSeen(stranger.client)).toEqual([])
    expect(await openPeople(gateway.store).count({ emailKey: address })).toBe(0)
  })

  it.each([true, false, undefined])(
    'gives nothing to an account that a trusted issuer reports with it (email_verified: %s)',
    async (email_verified) => {
      const seconds = Math.floor(gateway.clock.now().getTime() / 1000)
      const times = { iat: seconds, exp: seconds + 300 }
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: address, email: address, email_verified, amr: ['pwd'] }
      const head = { alg: 'RS256', typ: 'JWT', kid: 'rsa' }
      const token = signed(head, { ...claims, ...times, jti: address }, withRsa(issuer.rsa.privateKey))
      const client = gateway.client()
      const { signInWithExternalToken } = dataOf(
        await client.send(SignInWithExternalTokenDocument, { input: { token } }),
      )
      expect(signInWithExternalToken.__typename).toBe('SignedIn')
      expect(await openPeople(gateway.store).count({ email: address })).toBe(1)
      expect(await holders()).toEqual([])
      expect(await openPeople(gateway.store).count({ emailKey: address })).toBe(0)
      expect(codeOf(await client.send(AccountsDocument, {}))).not.toBeNull()
      // The owner can still sign up with the address, which leads to another account.
      const owner = gateway.client()
      dataOf(await owner.send(VerifyEmailDocument, { input: { token: await signUp(owner, address, PASSWORD) } }))
      expect(await rolesSeen((await signIn(gateway, address)).client)).toEqual(['ADMIN'])
      expect(await holders()).toMatchObject([{ emailKey: address, linkedTo: null }])
    },
  )
})
