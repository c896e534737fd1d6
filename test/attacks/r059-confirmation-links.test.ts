import {
  ChangeEmailDocument,
  ChangePasswordDocument,
  MeDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { storedIn } from '../support/stored.js'
import { isMessage, nameOf } from '../support/messages.js'

describe.each(STORES)('R059 links sent by e-mail, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '1000/3600' } })

  const signUp = async (email: string, password = PASSWORD) => {
    const client = gateway.client()
    dataOf(await client.send(SignUpDocument, { input: { email, password } }))
    return client
  }
  const follow = (client: Client, token: string) => client.send(VerifyEmailDocument, { input: { token } })

  /** The tokens of all links mailed to an address, oldest first. */
  const tokensFor = (email: string, count: number) =>
    until(async () => {
      const mails = await gateway.mailTo(email)
      const tokens = mails.flatMap(({ text }) => /\/confirm#token=(\S+)/.exec(text)?.[1] ?? [])
      return tokens.length >= count ? tokens : null
    })

  it('work for one of fifty callers', async () => {
    const client = await signUp('race@example.com')
    const [token] = await tokensFor('race@example.com', 1)
    const answers = await Promise.all(Array.from({ length: 50 }, () => follow(client, token!)))
    expect(answers.filter((answer) => codeOf(answer) === null)).toHaveLength(1)
    expect(answers.filter((answer) => codeOf(answer) === 'BAD_USER_INPUT')).toHaveLength(49)
    expect(
      (await storedIn(gateway, 'accounts')).filter(({ emailKey }) => emailKey === 'race@example.com'),
    ).toHaveLength(1)
  })

  it('are stored only as a hash', async () => {
    await signUp('hash@example.com')
    const [token] = await tokensFor('hash@example.com', 1)
    const stored = JSON.stringify(await storedIn(gateway, 'confirmations'))
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(stored).not.toContain(token)
  })

  it('expire after a day', async () => {
    const client = await signUp('slow@example.com')
    const [token] = await tokensFor('slow@example.com', 1)
    gateway.clock.advance(86_400)
    expect(codeOf(await follow(client, token!))).toBe('BAD_USER_INPUT')
  })

  it.each([
    ['empty', ''],
    ['short', 'x'],
    ['unknown', 'A'.repeat(43)],
    ['an operator', '{"$gt":""}'],
    ['long', 'x'.repeat(513)],
  ])('are refused when the token is %s', async (_, token) => {
    const refused = await follow(gateway.client(), token)
    expect(refused.status).toBe(400)
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
  })

  it('of a second sign-up are invalid once the first is followed, and its password opens nothing', async () => {
    const browser = await signUp('twice@example.com', 'the first long passphrase')
    await tokensFor('twice@example.com', 1)
    const other = await signUp('twice@example.com', 'the second long passphrase')
    const [first, second] = await tokensFor('twice@example.com', 2)
    dataOf(await follow(browser, first!))
    expect(codeOf(await follow(other, second!))).toBe('BAD_USER_INPUT')
    await expect(signIn(gateway, 'twice@example.com', { password: 'the second long passphrase' })).rejects.toThrow()
    const { result } = await signIn(gateway, 'twice@example.com', { password: 'the first long passphrase' })
    expect(result.__typename).toBe('SignedIn')
  })

  it('open no session: the person who follows one still has to enter the password', async () => {
    const client = await signUp('scanner@example.com')
    const [token] = await tokensFor('scanner@example.com', 1)
    const followed = await client.send(VerifyEmailDocument, { input: { token: token! } })
    expect(followed.headers.getSetCookie()).toEqual([])
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it('lead to a page with the token in the fragment, so that no server and no Referer ever gets it', async () => {
    await signUp('fragment@example.com')
    await tokensFor('fragment@example.com', 1)
    const [mail] = await gateway.mailTo('fragment@example.com')
    const link = new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    expect(link.search).toBe('')
    expect(link.hash).toMatch(/^#token=/)
  })

  it('of a new address change it once, keep the sessions, and tell the old address', async () => {
    const person = await withTotp(gateway)
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail: 'moved@example.com' } }))
    const [token] = await tokensFor('moved@example.com', 1)
    expect(dataOf(await person.client.send(MeDocument)).me.email).toBe(person.email)
    dataOf(await follow(person.client, token!))
    expect(codeOf(await follow(person.client, token!))).toBe('BAD_USER_INPUT')
    expect(dataOf(await person.client.send(MeDocument)).me.email).toBe('moved@example.com')
    const told = await until(async () => {
      const mails = await gateway.mailTo(person.email)
      return mails.some(isMessage('email-changed')) ? mails : null
    })
    expect(told.map(nameOf).slice(-2)).toEqual(['email-change-requested', 'email-changed'])
    await expect(signIn(gateway, person.email)).rejects.toThrow('UNAUTHENTICATED')
  })

  it('of a new address are invalid once the password has changed, as the old address was told to do', async () => {
    const person = await withTotp(gateway)
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail: 'thief@example.com' } }))
    const [token] = await tokensFor('thief@example.com', 1)
    await stepUp(gateway, person.client, person.authenticator)
    const input = { currentPassword: PASSWORD, newPassword: 'a passphrase made anew', revokeOthers: true }
    dataOf(await person.client.send(ChangePasswordDocument, { input }))
    expect(codeOf(await follow(person.client, token!))).toBe('BAD_USER_INPUT')
    expect(dataOf(await person.client.send(MeDocument)).me.email).toBe(person.email)
  })

  it('of a new address are invalid once another account has it', async () => {
    const person = await withTotp(gateway)
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail: 'wanted@example.com' } }))
    const [token] = await tokensFor('wanted@example.com', 1)
    await registered(gateway, 'wanted@example.com')
    expect(codeOf(await follow(person.client, token!))).toBe('BAD_USER_INPUT')
    expect(dataOf(await person.client.send(MeDocument)).me.email).toBe(person.email)
  })
})
