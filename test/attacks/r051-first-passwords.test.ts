import { ChangePasswordDocument, MeDocument, type ChangePasswordInput } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForLink, followLink } from '../support/links.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp } from '../support/person.js'
import { eventsNamed } from '../support/services.js'

const MIXED_UP = 'a passphrase of somebody else'
let people = 0

/** An account created by a link has no password, and may set one in its session. */
describe.each(STORES)('R051 a first password, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  async function arrive(email: string): Promise<Client> {
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    expect(dataOf(await followLink(client, token)).signInWithMagicLink.__typename).toBe('SignedIn')
    return client
  }

  /** A new account created by a link. */
  async function withoutPassword() {
    const email = `link${(people += 1)}@example.com`
    return { email, client: await arrive(email) }
  }

  const choose = (client: Client, over: Partial<ChangePasswordInput> = {}) =>
    client.send(ChangePasswordDocument, { input: { newPassword: PASSWORD, ...over } })
  const hasPassword = async (client: Client) => dataOf(await client.send(MeDocument)).me.hasPassword
  const opens = (email: string, password: string) =>
    signIn(gateway, email, { password }).then(
      ({ result }) => result.__typename,
      () => 'REFUSED',
    )

  it('needs no current one, ends the other sessions, is reported, and signs in from then on', async () => {
    const { email, client } = await withoutPassword()
    const other = await arrive(email)
    expect(await hasPassword(client)).toBe(false)
    dataOf(await choose(client))
    expect(await hasPassword(client)).toBe(true)
    expect(codeOf(await other.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(await opens(email, PASSWORD)).toBe('SignedIn')
    const { id } = dataOf(await client.send(MeDocument)).me
    const events = await eventsNamed(gateway, 'account.password_changed')
    expect(events.filter(({ targets }) => targets[0]?.id === id)).toMatchObject([
      { outcome: 'SUCCESS', reason: 'first' },
    ])
  })

  it('follows the same rules as any other', async () => {
    const { email, client } = await withoutPassword()
    const refused = await choose(client, { newPassword: 'short' })
    expect(refused.errors[0]?.extensions).toMatchObject({ fields: ['newPassword'], objection: 'TOO_SHORT' })
    expect(await opens(email, 'short')).toBe('REFUSED')
    expect(await hasPassword(client)).toBe(false)
  })

  it('is the only one: the second needs the first', async () => {
    const { email, client } = await withoutPassword()
    dataOf(await choose(client))
    const refused = await choose(client, { newPassword: MIXED_UP })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['currentPassword'] })
    dataOf(await choose(client, { currentPassword: PASSWORD, newPassword: MIXED_UP }))
    expect(await opens(email, PASSWORD)).toBe('REFUSED')
    expect(await opens(email, MIXED_UP)).toBe('SignedIn')
  })

  it.each([
    ['left out', {}],
    ['null', { currentPassword: null }],
    ['empty', { currentPassword: '' }],
  ])('cannot be set on an account with a password when the current one is %s', async (_, given) => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    expect(await hasPassword(client)).toBe(true)
    const refused = await choose(client, { ...given, newPassword: MIXED_UP })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['currentPassword'] })
    expect(await opens(email, PASSWORD)).toBe('SignedIn')
    expect(await opens(email, MIXED_UP)).toBe('REFUSED')
  })

  it('is refused when a current password is given although there is none', async () => {
    const { client } = await withoutPassword()
    const refused = await choose(client, { currentPassword: PASSWORD })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['currentPassword'] })
    expect(await hasPassword(client)).toBe(false)
  })

  it('is set by one of many parallel callers', async () => {
    const { email, client } = await withoutPassword()
    const others = [await arrive(email), await arrive(email)]
    const callers = [client, client.copy(), ...others].map((each, nth) => ({ each, password: `${PASSWORD} ${nth}` }))
    const answers = await Promise.all(
      callers.map(({ each, password }) => choose(each, { newPassword: password, revokeOthers: false })),
    )
    const codes = answers.map(codeOf)
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(3)
    const opened = await Promise.all(callers.map(({ password }) => opens(email, password)))
    expect(opened.map((each) => each === 'SignedIn')).toEqual(codes.map((code) => code === null))
  })

  it('requires a recent proof from an account with a factor', async () => {
    const { email, client } = await withoutPassword()
    const { authenticator } = await enrollTotp(gateway, client)
    gateway.clock.advance(600)
    const refused = await choose(client)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(await opens(email, PASSWORD)).toBe('REFUSED')
    await stepUp(gateway, client, authenticator)
    dataOf(await choose(client))
    expect(await opens(email, PASSWORD)).toBe('MfaRequired')
  })

  it('requires a recent sign-in from an account without a factor', async () => {
    const { email, client } = await withoutPassword()
    gateway.clock.advance(600)
    expect(codeOf(await choose(client))).toBe('STEP_UP_REQUIRED')
    expect(await opens(email, PASSWORD)).toBe('REFUSED')
    dataOf(await choose(await arrive(email)))
  })

  it('is refused to a caller who is not signed in', async () => {
    expect(codeOf(await choose(gateway.client()))).toBe('UNAUTHENTICATED')
    const { email, client } = await withoutPassword()
    await enrollTotp(gateway, client)
    const pending = gateway.client()
    const { token } = await askForLink(gateway, email, pending)
    expect(dataOf(await followLink(pending, token)).signInWithMagicLink.__typename).toBe('MfaRequired')
    expect(codeOf(await choose(pending))).toBe('MFA_REQUIRED')
  })
})
