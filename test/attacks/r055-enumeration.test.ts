import {
  ChangeEmailDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { withoutRequestId } from '../support/answers.js'
import { openPeople } from '../../src/store/person-document.js'
import { dataOf, type Answer } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { registered, signIn, withTotp, type PersonWithFactor } from '../support/person.js'
import { subjectOf } from '../support/messages.js'

const WRONG = 'not the right passphrase'

/** Everything a caller can see of an answer, except what differs in every request. */
function seenIn(answer: Answer<unknown>) {
  const headers = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id')
  // A browser without one is given a secret of its own, for any address.
  const seen = headers.map(([name, value]) => [name, value.replace(/(?<=stepgate-link=)[\w-]{43}/, '…')])
  const text = withoutRequestId(answer.text)
  return { status: answer.status, headers: seen, text }
}

const classesOf = (answers: readonly Answer<unknown>[]) => new Set(answers.map((each) => JSON.stringify(seenIn(each))))

describe.each(STORES)('R055 answers that do not reveal who has an account, on the %s store', (store) => {
  let gateway: TestGateway
  let known: PersonWithFactor
  let disabled: string

  beforeAll(async () => {
    gateway = await startGateway({ store })
    known = await withTotp(gateway, 'known@example.com')
    disabled = await registered(gateway, 'disabled@example.com')
    // No operation disables an account yet, so this changes the store, as an operator would.
    await openPeople(gateway.store).updateOne({ emailKey: disabled }, { $set: { status: 'DISABLED' } })
    dataOf(await gateway.client().send(SignUpDocument, { input: { email: 'unproved@example.com', password: WRONG } }))
  })
  afterAll(() => gateway.close())

  const tryToSignIn = (email: string, password: string) =>
    gateway.client().send(SignInDocument, { input: { email, password, transport: 'COOKIE' } })

  it('gives the same answer for a wrong password, an unknown name, an unproved sign-up and a disabled account', async () => {
    const answers = [
      await tryToSignIn(known.email, WRONG),
      await tryToSignIn('nobody@example.com', WRONG),
      await tryToSignIn('unproved@example.com', WRONG),
      await tryToSignIn(disabled, WRONG),
      await tryToSignIn(disabled, 'a rather long passphrase'),
      await tryToSignIn('not an address', WRONG),
      await tryToSignIn('＠', WRONG),
    ]
    expect(answers[0]).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(classesOf(answers).size).toBe(1)
  })

  it('limits names without an account exactly like names with one (E3)', async () => {
    const timeline = async (email: string) => {
      const seen: string[] = []
      for (let attempt = 0; attempt < 12; attempt += 1) {
        seen.push(JSON.stringify(seenIn(await tryToSignIn(email, WRONG))))
      }
      return seen
    }
    gateway.clock.advance(3600)
    const [ofKnown, ofUnknown] = [await timeline(known.email), await timeline('someone.else@example.com')]
    expect(ofKnown).toEqual(ofUnknown)
    expect(ofKnown.filter((each) => each.includes('RATE_LIMITED'))).toHaveLength(2)
    gateway.clock.advance(3600)
  })

  it('names no factor before the password is right (R057)', async () => {
    const wrong = await tryToSignIn(known.email, WRONG)
    expect(wrong.text).not.toMatch(/TOTP|factor|challenge/i)
    const right = dataOf(await tryToSignIn(known.email, 'a rather long passphrase')).signIn
    expect(right).toMatchObject({ __typename: 'MfaRequired', stepUp: { challenge: [{ type: 'TOTP' }, {}] } })
  })

  it('accepts a sign-up for a known address like one for a new address, and tells only the mailbox', async () => {
    const input = (email: string) => ({ input: { email, password: 'seven grey herons' } })
    const answers = [
      await gateway.client().send(SignUpDocument, input('KNOWN@example.com')),
      await gateway.client().send(SignUpDocument, input('fresh@example.com')),
      await gateway.client().send(SignUpDocument, input(disabled)),
    ]
    expect(classesOf(answers).size).toBe(1)
    const [mail] = await until(async () => {
      const mails = await gateway.mailTo('KNOWN@example.com')
      return mails.length > 0 ? mails : null
    })
    expect(mail?.subject).toMatch(subjectOf('already-registered'))
    expect(mail?.text).not.toContain('#token=')
    expect((await signIn(gateway, known.email)).result.__typename).toBe('MfaRequired')
  })

  it('answers a change to a taken address like one to a free address, until the link is followed', async () => {
    const person = await withTotp(gateway)
    const answers = [
      await person.client.send(ChangeEmailDocument, { input: { newEmail: known.email } }),
      await person.client.send(ChangeEmailDocument, { input: { newEmail: 'free@example.com' } }),
    ]
    expect(classesOf(answers).size).toBe(1)
    const token = await gateway.linkTokenFor(known.email)
    const followed = await person.client.send(VerifyEmailDocument, { input: { token } })
    const garbage = await person.client.send(VerifyEmailDocument, { input: { token: 'x'.repeat(43) } })
    expect(classesOf([followed, garbage]).size).toBe(1)
  })
})
