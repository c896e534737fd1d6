import {
  ChangeEmailDocument,
  MeDocument,
  SignInDocument,
  VerifyEmailDocument,
  type VerifyEmailInput,
} from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedIn } from '../support/stored.js'

let victims = 0

describe.each(STORES)("R122 an attacker's change of address to the reader’s mailbox, on the %s store", (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_CONFIRMATION_ATTEMPTS: '3' } })

  const newVictim = () => `reader${(victims += 1)}@example.com`
  async function ask({ client, authenticator }: PersonWithFactor, newEmail: string) {
    const known = await gateway.linksTo(newEmail)
    await stepUp(gateway, client, authenticator)
    dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } }))
    return gateway.linkTokenFor(newEmail, known)
  }
  const confirm = (client: Client, token: string, over: Partial<VerifyEmailInput> = {}) =>
    client.send(VerifyEmailDocument, { input: { token, ...over } })
  const addressOf = async (client: Client) => dataOf(await client.send(MeDocument)).me.email

  it('changes nothing when the reader of the mailbox follows its link', async () => {
    const victim = newVictim()
    const attacker = await withTotp(gateway)
    const token = await ask(attacker, victim)
    expect(codeOf(await confirm(gateway.client(), token))).toBe('BAD_USER_INPUT')
    expect(await addressOf(attacker.client)).toBe(attacker.email)
    const tried = await gateway.client().send(SignInDocument, { input: { email: victim, password: PASSWORD } })
    expect(codeOf(tried)).toBe('UNAUTHENTICATED')
  })

  it('changes nothing when the reader is signed in to another account', async () => {
    const attacker = await withTotp(gateway)
    const token = await ask(attacker, newVictim())
    const reader = await withTotp(gateway)
    const refused = await confirm(reader.client, token)
    expect(refused.errors[0]?.extensions).toMatchObject({ fields: ['password', 'requestToken'] })
    expect(codeOf(await confirm(reader.client, token, { password: 'the password of the reader' }))).toBe('CODE_INVALID')
    expect(await addressOf(attacker.client)).toBe(attacker.email)
    expect(await addressOf(reader.client)).toBe(reader.email)
  })

  it('cannot be confirmed by a session of the account that lacks its second factor', async () => {
    const person = await withTotp(gateway)
    const token = await ask(person, newVictim())
    const { client: pending, result } = await signIn(gateway, person.email)
    expect(result.__typename).toBe('MfaRequired')
    expect(codeOf(await confirm(pending, token))).toBe('BAD_USER_INPUT')
  })

  it('is confirmed in the browser that requested it, even after its session has ended', async () => {
    const person = await withTotp(gateway)
    const to = newVictim()
    const token = await ask(person, to)
    gateway.clock.advance(2 * 3600)
    expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    dataOf(await confirm(person.client, token))
    expect((await signIn(gateway, to)).result.__typename).toBe('MfaRequired')
  })

  it('is confirmed by another session of the account, or with the account’s password, after at most three wrong ones', async () => {
    const person = await withTotp(gateway)
    const to = newVictim()
    const token = await ask(person, to)
    for (const attemptsLeft of [2, 1]) {
      const wrong = await confirm(gateway.client(), token, { password: 'not the password' })
      expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'CODE_INVALID', attemptsLeft })
    }
    dataOf(await confirm(gateway.client(), token, { password: PASSWORD }))
    expect(await addressOf(person.client)).toBe(to)

    const phone = await signIn(gateway, to)
    if (phone.result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    await stepUp(gateway, phone.client, person.authenticator, { mfaToken: phone.result.stepUp.mfaToken })
    const back = newVictim()
    const second = await ask(person, back)
    dataOf(await confirm(phone.client, second))
    expect(await addressOf(person.client)).toBe(back)
  })

  it('is invalid after three wrong passwords', async () => {
    const person = await withTotp(gateway)
    const token = await ask(person, newVictim())
    const guess = (password: string) => confirm(gateway.client(), token, { password })
    await Promise.all(Array.from({ length: 9 }, () => guess('not the password')))
    while (codeOf(await guess('not the password')) === 'CODE_INVALID');
    expect(codeOf(await guess(PASSWORD))).toBe('BAD_USER_INPUT')
    expect(await addressOf(person.client)).toBe(person.email)
  })

  it('is open once per account: the newest replaces the one before, which leads nowhere', async () => {
    const person = await withTotp(gateway)
    const [first, second] = [newVictim(), newVictim()]
    const older = await ask(person, first)
    const newer = await ask(person, second)
    const open = (await storedIn(gateway, 'confirmations')).filter(({ kind }) => kind === 'EMAIL_CHANGE')
    expect(open.filter(({ emailKey }) => [first, second].includes(String(emailKey)))).toHaveLength(1)
    expect(codeOf(await confirm(person.client, older))).toBe('BAD_USER_INPUT')
    dataOf(await confirm(person.client, newer))
    expect(await addressOf(person.client)).toBe(second)
  })

  it('only moves on from the address the account had at the request', async () => {
    const person = await withTotp(gateway)
    const token = await ask(person, newVictim())
    const other = await registered(gateway)
    expect(other).not.toBe(person.email)
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(person.client, token)))
    expect(answers.filter((answer) => codeOf(answer) === null)).toHaveLength(1)
  })
})
