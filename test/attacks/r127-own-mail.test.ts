import {
  ChangeEmailDocument,
  RequestMagicLinkDocument,
  RequestPasswordResetDocument,
  SignUpDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY, withoutRequestId } from '../support/answers.js'
import { dataOf, type Answer, type Client } from '../support/client.js'
import { deviceCookieOf, withCookie } from '../support/devices.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'

const HOME = '198.51.100.4'
const COUNTERS = ['messagePerDestination', 'messagePerDestinationAndKind', 'messagePerDestinationAndNetwork'] as const

describe.each(STORES)("R127 strangers and a person's mail, on the %s store", (store) => {
  let gateway: TestGateway
  let mailbox = 0
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' }
    gateway = await startGateway({ store, env })
  }, 120_000)
  afterAll(() => gateway.close())

  const from = (address: string, cookies?: Client['cookies']) =>
    gateway.client({ headers: { 'x-forwarded-for': address }, ...(cookies ? { cookies } : {}) })
  const newAddress = () => `r127-${(mailbox += 1)}@example.com`

  const askForLink = (client: Client, email: string): Promise<Answer<unknown>> =>
    client.send(RequestMagicLinkDocument, { input: { email } })
  const askForReset = (client: Client, email: string): Promise<Answer<unknown>> =>
    client.send(RequestPasswordResetDocument, { input: { email } })
  const signUp = (client: Client, email: string): Promise<Answer<unknown>> =>
    client.send(SignUpDocument, { input: { email, password: 'seven grey herons' } })

  /** Requests every kind of mail from ever new networks until no more is sent, and returns how many arrived. */
  async function flood(email: string, kinds = [askForLink, askForReset]): Promise<number> {
    const before = (await gateway.mailTo(email)).length
    const one = (nth: number) => {
      const address = nth % 2 ? `203.${nth}.113.9` : `2001:db8:${nth.toString(16)}::1`
      const ask = kinds[nth % kinds.length] ?? askForLink
      return ask(from(address), email)
    }
    for (let nth = 0; nth < 40; nth += 4) {
      const answers = await Promise.all([one(nth), one(nth + 1), one(nth + 2), one(nth + 3)])
      for (const answer of answers) expect(answer.errors).toEqual([])
    }
    await settled()
    return (await gateway.mailTo(email)).length - before
  }

  /** Mail leaves after the answer: once a later mail to another address has left, all earlier ones have. */
  async function settled(): Promise<void> {
    const email = newAddress()
    await signUp(from('192.0.2.200'), email)
    await gateway.linkTokenFor(email)
    await new Promise((next) => setTimeout(next, 50))
  }

  const arrives = async (email: string, ask: () => Promise<unknown>): Promise<void> => {
    const known = (await gateway.mailTo(email)).length
    await ask()
    await until(async () => ((await gateway.mailTo(email)).length > known ? true : null))
  }

  it('a flood of calls from any number of networks sends ten mails, and then none', async () => {
    const email = await registered(gateway, newAddress())
    await flood(email)
    expect(await gateway.mailTo(email)).toHaveLength(10)
    expect(await flood(email)).toBe(0)
  }, 120_000)

  it('sends what a known device requests, whatever strangers have used up', async () => {
    const email = await registered(gateway, newAddress())
    const home = from(HOME)
    await signIn(gateway, email, {}, home)
    await flood(email)
    // Without its session, and from an unknown network: only the device token.
    const known = withCookie(gateway, deviceCookieOf(home), { headers: { 'x-forwarded-for': '192.0.2.77' } })
    await arrives(email, () => askForLink(known, email))
    await arrives(email, () => askForReset(known, email))
    await arrives(email, () => signUp(known, email))
  }, 120_000)

  it('sends what is requested from a network where the account was proved before', async () => {
    const email = await registered(gateway, newAddress())
    await signIn(gateway, email, {}, from(HOME))
    await flood(email)
    await arrives(email, () => askForReset(from(HOME), email))
    await arrives(email, () => askForLink(from('198.51.100.200'), email))
  }, 120_000)

  it('limits the share of a known network, so that a neighbour there cannot flood the mailbox either', async () => {
    const email = await registered(gateway, newAddress())
    const home = from(HOME)
    await signIn(gateway, email, {}, home)
    const before = (await gateway.mailTo(email)).length
    for (let nth = 0; nth < 8; nth += 1) {
      await askForReset(from(HOME), email)
      await askForLink(from(HOME), email)
    }
    await settled()
    expect((await gateway.mailTo(email)).length - before).toBe(5)
    await arrives(email, () => askForReset(withCookie(gateway, deviceCookieOf(home)), email))
  }, 120_000)

  it('sends a live session the confirmation of a new address that strangers have flooded', async () => {
    const { client } = await withTotp(gateway, newAddress())
    const email = newAddress()
    await flood(email, [signUp, askForReset])
    await arrives(email, async () => dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: email } })))
  }, 120_000)

  it("sends a sign-up its confirmation from its own network, when a stranger has used up another network's share", async () => {
    const email = newAddress()
    const stranger = from('203.0.113.66')
    for (let nth = 0; nth < 12; nth += 1) await signUp(stranger, email)
    for (let nth = 0; nth < 12; nth += 1) await askForReset(from(`203.0.113.${nth}`), email)
    await arrives(email, () => signUp(from('192.0.2.9'), email))
  }, 120_000)

  it('limits what a known device gets: a stolen token cannot flood its mailbox', async () => {
    const email = await registered(gateway, newAddress())
    const home = from(HOME)
    await signIn(gateway, email, {}, home)
    const before = (await gateway.mailTo(email)).length
    await Promise.all(Array.from({ length: 30 }, () => askForReset(home.copy(), email)))
    await settled()
    expect((await gateway.mailTo(email)).length - before).toBe(5)
  }, 120_000)

  it('treats a token of another account, or a wrong one, as a stranger’s', async () => {
    const email = await registered(gateway, newAddress())
    const home = from(HOME)
    await signIn(gateway, email, {}, home)
    await flood(email)
    const [name, token] = deviceCookieOf(home)
    const wrong = withCookie(gateway, [name, `${token.split('.')[0]}.${'a'.repeat(43)}`], {
      headers: { 'x-forwarded-for': '192.0.2.78' },
    })
    const other = await registered(gateway, newAddress())
    const elsewhere = from('192.0.2.79')
    await signIn(gateway, other, {}, elsewhere)
    elsewhere.cookies.delete('stepgate-session')
    const before = (await gateway.mailTo(email)).length
    await askForReset(wrong, email)
    await askForReset(elsewhere, email)
    await settled()
    expect((await gateway.mailTo(email)).length - before).toBe(0)
  }, 120_000)

  it('answers the same for known and unknown addresses, and keeps the same counters', async () => {
    const known = await registered(gateway, newAddress())
    const unknown = newAddress()
    const answers = []
    for (const email of [known, unknown]) {
      const texts = []
      for (let nth = 0; nth < 5; nth += 1) {
        texts.push(withoutRequestId((await askForReset(from(`192.0.${nth}.1`), email)).text))
      }
      answers.push(texts)
    }
    expect(answers[0]).toEqual(answers[1])
    const counters = (await storedIn(gateway, 'limits')).map(({ _id }) => _id)
    for (const name of COUNTERS) expect(counters.some((id) => id.startsWith(`${name}:`))).toBe(true)
  }, 120_000)

  it('is exact for two hundred parallel requests', async () => {
    const email = await registered(gateway, newAddress())
    await signIn(gateway, email, { password: PASSWORD }, from(HOME))
    const before = (await gateway.mailTo(email)).length
    const many = Array.from({ length: 200 }, (_, nth) => askForReset(from(`203.1.${nth}.1`), email))
    await Promise.all(many)
    await settled()
    expect((await gateway.mailTo(email)).length - before).toBe(8)
  }, 120_000)
})
