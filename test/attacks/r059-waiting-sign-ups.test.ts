import {
  ChangeEmailDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { askForLink, followLink } from '../support/links.js'
import { enrollTotp, PASSWORD, stepUp, withTotp } from '../support/person.js'
import { newBackend, newOperator } from '../support/services.js'
import { storedIn } from '../support/stored.js'

const ATTACKERS = 'a passphrase of the attacker'
let victims = 0

/** An attacker signs up with another person's address, and waits for that person to follow the link one day. */
describe.each(STORES)("R059 a waiting sign-up with an attacker's password, on the %s store", (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  /** An address with a waiting sign-up, and the token of its link. */
  async function besieged() {
    const email = `victim${(victims += 1)}@example.com`
    const attacker = gateway.client()
    dataOf(await attacker.send(SignUpDocument, { input: { email, password: ATTACKERS } }))
    // The attacker only lacks the mailbox: in the worst case the link is followed in the attacker's browser.
    return { email, attacker, waiting: await gateway.linkTokenFor(email) }
  }

  const confirm = (client: Client, token: string) => client.send(VerifyEmailDocument, { input: { token } })
  const tryPassword = async (email: string) =>
    codeOf(await gateway.client().send(SignInDocument, { input: { email, password: ATTACKERS } }))
  const waitingFor = async (email: string) =>
    (await storedIn(gateway, 'confirmations')).filter(({ emailKey }) => emailKey === email)
  const accountsOf = async (email: string) =>
    (await storedIn(gateway, 'accounts')).filter(({ emailKey }) => emailKey === email)

  /** Moves the client's account to another address, which frees the old one. */
  async function moveAway(client: Client, email: string) {
    const to = `moved-${email}`
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: to } }))
    dataOf(await confirm(client, await gateway.linkTokenFor(to)))
  }

  async function arrive(email: string) {
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    expect(dataOf(await followLink(client, token)).signInWithMagicLink.__typename).toBe('SignedIn')
    return client
  }

  it("is deleted once the mailbox's owner signs in by a link, and its link sets no password", async () => {
    const { email, attacker, waiting } = await besieged()
    await arrive(email)
    expect(await waitingFor(email)).toEqual([])
    expect(codeOf(await confirm(attacker, waiting))).toBe('BAD_USER_INPUT')
    expect(await tryPassword(email)).toBe('UNAUTHENTICATED')
    expect(await accountsOf(email)).toMatchObject([{ passwordHash: null }])
  })

  it('creates no account after the owner has moved to another address either', async () => {
    const { email, attacker, waiting } = await besieged()
    const client = await arrive(email)
    await enrollTotp(gateway, client)
    await moveAway(client, email)
    expect(codeOf(await confirm(attacker, waiting))).toBe('BAD_USER_INPUT')
    expect(await accountsOf(email)).toEqual([])
    expect(await tryPassword(email)).toBe('UNAUTHENTICATED')
  })

  it('does not set its password when both links are followed at once: one of them creates the only account', async () => {
    const { email, attacker, waiting } = await besieged()
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const [confirmed, followed] = await Promise.all([confirm(attacker, waiting), followLink(client, token)])
    // The owner followed the attacker's link, so its account may have come first; there are never two.
    expect(codeOf(followed)).toBeNull()
    const [account, ...others] = await accountsOf(email)
    expect(others).toEqual([])
    expect(account?.['passwordHash'] === null).toBe(codeOf(confirmed) !== null)
    expect(await waitingFor(email)).toEqual([])
  })

  it('is deleted once the owner confirms a sign-up of their own', async () => {
    const { email, attacker, waiting } = await besieged()
    const known = await gateway.linksTo(email)
    const owner = gateway.client()
    dataOf(await owner.send(SignUpDocument, { input: { email, password: PASSWORD } }))
    dataOf(await confirm(owner, await gateway.linkTokenFor(email, known)))
    expect(await waitingFor(email)).toEqual([])
    expect(codeOf(await confirm(attacker, waiting))).toBe('BAD_USER_INPUT')
    expect(await tryPassword(email)).toBe('UNAUTHENTICATED')
  })

  it('is deleted once an account moves to the address, even when that account moves on', async () => {
    const { email, attacker, waiting } = await besieged()
    const { client, authenticator } = await withTotp(gateway)
    const known = await gateway.linksTo(email)
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: email } }))
    dataOf(await confirm(client, await gateway.linkTokenFor(email, known)))
    expect(await waitingFor(email)).toEqual([])
    await stepUp(gateway, client, authenticator)
    await moveAway(client, email)
    expect(codeOf(await confirm(attacker, waiting))).toBe('BAD_USER_INPUT')
    expect(await accountsOf(email)).toEqual([])
  })

  it('leaves alone a change of address that waits for the same mailbox', async () => {
    const email = `wanted${(victims += 1)}@example.com`
    const { client } = await withTotp(gateway)
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail: email } }))
    await gateway.linkTokenFor(email)
    await arrive(email)
    expect(await waitingFor(email)).toMatchObject([{ kind: 'EMAIL_CHANGE' }])
  })

  it('never touches a linked account, which no address leads to', async () => {
    const { email, attacker, waiting } = await besieged()
    const shop = await newBackend(gateway, await newOperator(gateway))
    await shop.begin('victim', { email })
    expect(await tryPassword(email)).toBe('UNAUTHENTICATED')
    dataOf(await confirm(attacker, waiting))
    const linked = (await storedIn(gateway, 'accounts')).filter((each) => each['email'] === email)
    expect(linked.filter(({ linkedTo }) => linkedTo !== null)).toMatchObject([{ passwordHash: null }])
    expect(await accountsOf(email)).toMatchObject([{ linkedTo: null }])
  })
})
