import { createHash } from 'node:crypto'
import {
  ChangePasswordDocument,
  MeDocument,
  MyProfileDocument,
  RequestMagicLinkDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { ask, bearer, ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForLink, followLink } from '../support/links.js'
import { giveEmailFactor, noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'
import { subjectOf } from '../support/messages.js'

const PAGES = 'https://app.example.com/in,https://other.example.com/in?from=mail'
const ENV = { ...ROOMY, STEPGATE_MAGIC_LINK_URLS: PAGES }

describe.each(STORES)('R058 sign-in links, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ENV })

  it('sign in where they were requested, with one factor, and the token says so', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const { signInWithMagicLink } = dataOf(await followLink(client, token))
    expect(signInWithMagicLink).toMatchObject({ __typename: 'SignedIn', session: { assurance: 'ONE_FACTOR' } })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
  })

  it('are 256 bits, stored only as a hash, and so is the code', async () => {
    const email = await registered(gateway)
    const { token, code } = await askForLink(gateway, email, gateway.client())
    const links = await storedIn(gateway, 'mailedLinks')
    const stored = JSON.stringify(links)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(code).toMatch(/^\d{6}$/)
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(code)
    const link = links.find(({ emailKey }) => emailKey === email)
    expect(link?._id).toBe(createHash('sha256').update(token).digest('base64url'))
    expect(link?.['codeHash']).not.toBe(createHash('sha256').update(code).digest('base64url'))
  })

  it('open one session for fifty callers at once', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const answers = await Promise.all(Array.from({ length: 50 }, () => followLink(client.copy(), token)))
    expect(answers.filter((each) => codeOf(each) === null)).toHaveLength(1)
    expect(answers.filter((each) => codeOf(each) === 'UNAUTHENTICATED')).toHaveLength(49)
  })

  it('require the code in another browser, and work with it once', async () => {
    const email = await registered(gateway)
    const { token, code } = await askForLink(gateway, email, gateway.client())
    const elsewhere = gateway.client()
    expect(codeOf(await followLink(elsewhere, token))).toBe('BAD_USER_INPUT')
    expect(dataOf(await followLink(elsewhere, token, { code: `${code.slice(0, 3)} ${code.slice(3)}` }))).toMatchObject({
      signInWithMagicLink: { __typename: 'SignedIn' },
    })
    expect(codeOf(await followLink(gateway.client(), token, { code }))).toBe('UNAUTHENTICATED')
  })

  it('stop working after five wrong codes, guessed one by one or all at once', async () => {
    for (const guess of ['one by one', 'at once'] as const) {
      const email = await registered(gateway)
      const asking = gateway.client()
      const { token, code } = await askForLink(gateway, email, asking)
      const wrong = () => followLink(gateway.client(), token, { code: code === '000000' ? '000001' : '000000' })
      const answers: Awaited<ReturnType<typeof wrong>>[] = []
      if (guess === 'at once') answers.push(...(await Promise.all(Array.from({ length: 30 }, wrong))))
      for (let n = 0; n < 6; n += 1) answers.push(await wrong())
      expect(answers.filter((each) => codeOf(each) === 'CODE_INVALID')).toHaveLength(5)
      expect(codeOf(await followLink(gateway.client(), token, { code }))).toBe('UNAUTHENTICATED')
      expect(codeOf(await followLink(asking, token))).toBe('UNAUTHENTICATED')
    }
  })

  it('are tied to the request token where there are no cookies', async () => {
    const email = await registered(gateway)
    const app = gateway.client()
    const { token, requestToken } = await askForLink(gateway, email, app, { transport: 'BEARER' })
    expect(app.cookies.size).toBe(0)
    expect(codeOf(await followLink(app, token, { transport: 'BEARER', requestToken: 'A'.repeat(43) }))).toBe(
      'BAD_USER_INPUT',
    )
    const { signInWithMagicLink: result } = dataOf(await followLink(app, token, { transport: 'BEARER', requestToken }))
    if (result.__typename !== 'SignedIn' || !result.tokens) throw new Error(result.__typename)
    const me = await bearer(gateway, result.tokens.accessToken).send(MeDocument)
    expect(dataOf(me).me.email).toBe(email)
  })

  it('keep working in a browser that requested several', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const first = await askForLink(gateway, email, client)
    await askForLink(gateway, email, client)
    expect(codeOf(await followLink(client, first.token))).toBeNull()
  })

  it('end after a quarter of an hour, with a new password, and with a report', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    gateway.clock.advance(900)
    expect(codeOf(await followLink(client, token))).toBe('UNAUTHENTICATED')

    const { client: inside } = await signIn(gateway, email)
    const asked = await askForLink(gateway, email, client)
    gateway.clock.advance(1)
    const input = { currentPassword: PASSWORD, newPassword: 'another rather long passphrase' }
    expect(codeOf(await inside.send(ChangePasswordDocument, { input }))).toBeNull()
    expect(codeOf(await followLink(client, asked.token))).toBe('UNAUTHENTICATED')

    const notMe = notMeToken(await noticeTo(gateway, email, 'password-changed'))
    const last = await askForLink(gateway, email, client)
    gateway.clock.advance(1)
    dataOf(await reportNotMe(gateway, notMe))
    expect(codeOf(await followLink(client, last.token))).toBe('UNAUTHENTICATED')
  })

  it('are not spent by opening them, however often', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const query = encodeURIComponent(`mutation { signInWithMagicLink(input: { token: "${token}" }) { __typename } }`)
    for (const path of [`/graphql?query=${query}`, `/magic-link?token=${token}`, `/in#token=${token}`]) {
      for (let n = 0; n < 5; n += 1) await fetch(`${gateway.url}${path}`)
    }
    expect(codeOf(await followLink(client, token))).toBeNull()
  })

  it('lead to configured pages only, compared exactly', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const ask = (redirectUrl: string) => client.send(RequestMagicLinkDocument, { input: { email, redirectUrl } })
    expect(codeOf(await ask('https://other.example.com/in?from=mail'))).toBeNull()
    const mail = await until(
      async () => (await gateway.mailTo(email)).find(({ text }) => text.includes('other.example.com')) ?? null,
    )
    expect(mail.text).toMatch(/https:\/\/other\.example\.com\/in\?from=mail#token=/)
    for (const elsewhere of [
      'https://evil.example/in',
      'https://app.example.com.evil.example/in',
      'https://app.example.com@evil.example/in',
      'https://app.example.com/in/../../evil',
      'https://app.example.com/in?next=//evil.example',
      'https://app.example.com/in#token=x',
      'https://APP.example.com/in',
      'http://app.example.com/in',
      '//evil.example/in',
      '/in',
      'javascript:alert(1)',
      'https:\\\\evil.example',
      'https://app.example.com/in\n',
      '',
    ]) {
      expect([elsewhere, codeOf(await ask(elsewhere))]).toEqual([elsewhere, 'BAD_USER_INPUT'])
    }
  })

  it('answer the same for unknown addresses, and create an account when they are followed', async () => {
    const [known, unknown] = [await registered(gateway), 'nobody-yet@example.com']
    const shapeOf = async (email: string) => {
      const sent = await gateway.client().send(RequestMagicLinkDocument, { input: { email } })
      const names = [...sent.headers.keys()].filter((name) => name !== 'x-request-id')
      return { status: sent.status, names, body: sent.text.replaceAll(/"(code|requestId|expiresAt)":"[^"]+"/g, '"$1"') }
    }
    expect(await shapeOf(unknown)).toEqual(await shapeOf(known))
    // Mail is sent after the answer: the next link must not be mistaken for this one.
    await gateway.linkTokenFor(unknown)
    const client = gateway.client()
    const { token } = await askForLink(gateway, unknown, client)
    expect(dataOf(await followLink(client, token))).toMatchObject({ signInWithMagicLink: { __typename: 'SignedIn' } })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(unknown)
    // An account without a password gets the answer for a wrong password.
    const tried = await gateway.client().send(SignInDocument, { input: { email: unknown, password: PASSWORD } })
    const wrong = await gateway.client().send(SignInDocument, { input: { email: known, password: 'wrong' } })
    expect([tried.status, tried.text]).toEqual([wrong.status, wrong.text])
  })

  it("R059 delete an attacker's sign-up for the address", async () => {
    const email = 'victim@example.com'
    const attacker = 'a passphrase of the attacker'
    dataOf(await gateway.client().send(SignUpDocument, { input: { email, password: attacker } }))
    const confirmation = await gateway.linkTokenFor(email)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    expect(codeOf(await followLink(client, token))).toBeNull()
    expect(codeOf(await gateway.client().send(VerifyEmailDocument, { input: { token: confirmation } }))).toBe(
      'BAD_USER_INPUT',
    )
    const tried = await gateway.client().send(SignInDocument, { input: { email, password: attacker } })
    expect(codeOf(tried)).toBe('UNAUTHENTICATED')
  })

  it.each([
    ['victim@evil.com\uFF20good.com'],
    ['victim@good.com\u0000@evil.com'],
    ['vic tim@good.com'],
    ['victim@good.com,victim@evil.com'],
    ['victim@good.com\nBcc: victim@evil.com'],
    ['@good.com'],
  ])('R060 are not sent to an address that two parsers read differently: %j', async (email) => {
    const sent = await gateway.client().send(RequestMagicLinkDocument, { input: { email } })
    expect(codeOf(sent)).toBe('BAD_USER_INPUT')
  })

  it('R060 find the account of an address however its domain is written', async () => {
    const email = await registered(gateway, 'Mixed.Case@example.com')
    const client = gateway.client()
    const known = await gateway.linksTo('Mixed.Case@example.com')
    dataOf(await client.send(RequestMagicLinkDocument, { input: { email: 'Mixed.Case@EXAMPLE.com' } }))
    const token = await gateway.linkTokenFor('Mixed.Case@example.com', known)
    const { signInWithMagicLink } = dataOf(await followLink(client, token))
    expect(signInWithMagicLink).toMatchObject({ account: { email } })
  })

  it('R034 require the second factor of an account that has one, and hand out nothing before', async () => {
    const person = await withTotp(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, person.email, client)
    const sent = await followLink(client, token)
    const { signInWithMagicLink: result } = dataOf(sent)
    if (result.__typename !== 'MfaRequired') throw new Error(result.__typename)
    for (const value of client.cookies.values()) {
      const thief = gateway.client()
      expect(codeOf(await thief.send(MeDocument, {}, { cookie: `stepgate-session=${value}` }))).not.toBeNull()
      expect(codeOf(await bearer(gateway, value).send(MeDocument))).toBe('UNAUTHENTICATED')
    }
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    await stepUp(gateway, client, person.authenticator, { mfaToken: result.stepUp.mfaToken })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(person.email)
  })

  it('never count as two factors together with a code to the same mailbox', async () => {
    const person = await withTotp(gateway)
    const mailbox = await giveEmailFactor(gateway, person.email, person.email)
    const client = gateway.client()
    const { token } = await askForLink(gateway, person.email, client)
    const { signInWithMagicLink: result } = dataOf(await followLink(client, token))
    if (result.__typename !== 'MfaRequired') throw new Error(result.__typename)
    expect(result.stepUp.challenge.map(({ type }) => type)).not.toContain('EMAIL')
    expect(codeOf(await ask(client, mailbox, result.stepUp.mfaToken))).not.toBeNull()
    expect(codeOf(await ask(client, mailbox))).not.toBeNull()
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')

    // The same for an account with only a mailbox: it is one factor, however often it is proved.
    const alone = await registered(gateway)
    const only = await giveEmailFactor(gateway, alone, alone)
    const another = gateway.client()
    dataOf(await followLink(another, (await askForLink(gateway, alone, another)).token))
    expect(codeOf(await ask(another, only))).not.toBeNull()
    expect(codeOf(await another.send(MyProfileDocument))).not.toBeNull()
  })

  it.each([
    ['empty', ''],
    ['unknown', 'A'.repeat(43)],
    ['an operator', '{"$gt":""}'],
    ['long', 'x'.repeat(513)],
  ])('are refused when the token is %s', async (_, token) => {
    const refused = await followLink(gateway.client(), token)
    expect(['BAD_USER_INPUT', 'UNAUTHENTICATED']).toContain(codeOf(refused))
  })
})

describe('where links create no accounts', () => {
  it('tell only the mailbox that there is no account', async () => {
    const gateway = await startGateway({ env: { ...ENV, STEPGATE_MAGIC_LINK_SIGN_UP: 'off' } })
    const email = 'nobody@example.com'
    dataOf(await gateway.client().send(RequestMagicLinkDocument, { input: { email } }))
    const [mail] = await until(async () => {
      const mails = await gateway.mailTo(email)
      return mails.length > 0 ? mails : null
    })
    expect(mail?.subject).toMatch(subjectOf('no-account'))
    expect(mail?.text).not.toContain('#token=')
    expect(await storedIn(gateway, 'accounts')).toEqual([])
    await gateway.close()
  })
})
