import {
  ChangeEmailDocument,
  ChangePasswordDocument,
  LeaveOrganizationDocument,
  MyProfileDocument,
  MySessionsDocument,
  SelectOrganizationDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { openRepositories } from '../../src/store/index.js'
import { openPeople } from '../../src/store/person-document.js'
import { challenged, guess, pendingSignIn, recoveryOption, ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { bringIn, tenant } from '../support/organizations.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

const NEW = 'another rather long passphrase'

describe.each(STORES)('R158 what works only once and what has ended, on the %s store', (store) => {
  const network = interruptedStore()
  const gateway = gatewayForAll({
    store,
    env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' },
    wrapStore: network.wrap,
  })
  afterEach(() => {
    expect(network.isOver).toBe(true)
  })

  it('a sign-in link that two callers follow at the same moment opens one session', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    network.together('mailedLinks', 'updateOne', 2)
    const answers = await Promise.all([followLink(client.copy(), token), followLink(client.copy(), token)])
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', null])
    expect(Object.keys((await storedPerson(gateway, email)).sessions)).toHaveLength(1)
  })

  it('a password reset link that two callers follow at the same moment sets one password', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    const passwords = [NEW, 'the passphrase of the rival'] as const
    network.together('mailedLinks', 'updateOne', 2)
    const answers = await Promise.all(passwords.map((password) => resetWith(gateway.client(), token, password)))
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', null])
    const password = passwords[answers.findIndex((answer) => codeOf(answer) === null)] ?? ''
    expect((await signIn(gateway, email, { password })).result.__typename).toBe('SignedIn')
  })

  it('a confirmation link that two callers follow at the same moment changes the address once', async () => {
    const person = await withTotp(gateway)
    const newEmail = `new-${person.email}`
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail } }))
    const token = await gateway.linkTokenFor(newEmail)
    const confirm = () => person.client.copy().send(VerifyEmailDocument, { input: { token } })
    network.together('confirmations', 'updateOne', 2)
    expect((await Promise.all([confirm(), confirm()])).map(codeOf).sort()).toEqual(['BAD_USER_INPUT', null])
  })

  it('a sign-in with a password that was changed meanwhile opens no session', async () => {
    const email = await registered(gateway)
    const { client: owner } = await signIn(gateway, email)
    const input = { currentPassword: PASSWORD, newPassword: NEW }
    network.before('accounts', 'changeOne', async () => {
      dataOf(await owner.send(ChangePasswordDocument, { input }))
    })
    await expect(signIn(gateway, email, { userAgent: CHROME })).rejects.toThrow('UNAUTHENTICATED')
    expect(dataOf(await owner.send(MySessionsDocument)).mySessions).toHaveLength(1)
  })

  it('a session does not switch to an organization that was left meanwhile', async () => {
    const acme = await tenant(gateway)
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    dataOf(await person.client.send(SelectOrganizationDocument, { input: { organizationId: null } }))
    const elsewhere = person.client.copy()
    network.before('accounts', 'changeOne', async () => {
      dataOf(await elsewhere.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    })
    const sent = await person.client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } })
    expect(codeOf(sent)).toBe('BAD_USER_INPUT')
    const { session } = await sessionOf(person.email)
    expect(session.organizationId).toBeNull()
  })

  it('a password reset link does not survive a “This wasn’t me” report', async () => {
    const email = await registered(gateway)
    await signIn(gateway, email)
    await signIn(gateway, email, { userAgent: CHROME })
    const notMe = notMeToken(await noticeTo(gateway, email, 'new-device'))
    const token = await askForReset(gateway, email)
    gateway.clock.advance(1)
    dataOf(await reportNotMe(gateway, notMe))
    expect(codeOf(await resetWith(gateway.client(), token, NEW))).toBe('UNAUTHENTICATED')
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
  })

  /** Runs the rival between spending the client's first answer and accepting it. */
  const beforeItPasses = (rival: () => Promise<unknown>) =>
    network.before('accounts', 'changeOne', async () => network.before('accounts', 'changeOne', rival))

  it("an app's code that another session uses while it is judged is wrong", async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const other = await pendingSignIn(gateway, email)
    const mine = await challenged(client, authenticator.factorId)
    const theirs = await challenged(other.client, authenticator.factorId, other.stepUp.mfaToken)
    beforeItPasses(async () => {
      expect(await guess(other.client, theirs.id, authenticator.code())).toBe('PASSED')
    })
    expect(await guess(client, mine.id, authenticator.code())).toBe('CODE_INVALID')
  })

  it('a recovery code that another session uses while it is judged is wrong', async () => {
    const { email, recoveryCodes } = await withTotp(gateway)
    const [first, second] = [await pendingSignIn(gateway, email), await pendingSignIn(gateway, email)]
    const codes = recoveryOption(first.stepUp)
    const mine = await challenged(first.client, codes, first.stepUp.mfaToken)
    const theirs = await challenged(second.client, codes, second.stepUp.mfaToken)
    beforeItPasses(async () => {
      expect(await guess(second.client, theirs.id, recoveryCodes[0] ?? '')).toBe('PASSED')
    })
    expect(await guess(first.client, mine.id, recoveryCodes[0] ?? '')).toBe('CODE_INVALID')
  })

  /** An account whose next proof is for a single operation, as `withinSeconds: 0` requires. */
  async function provingOnce() {
    const { client, email, authenticator } = await withTotp(gateway)
    gateway.clock.advance(301)
    const refused = await client.send(MyProfileDocument)
    const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
    const { accountId, session } = await sessionOf(email)
    const [key = ''] = Object.keys(session.stepUps)
    const path = `sessions.${session.id}.stepUps.${key}.forOperationOnly`
    await openPeople(gateway.store).changeOne({ _id: accountId }, { $set: { [path]: true } })
    const { id } = await challenged(client, authenticator.factorId, mfaToken)
    return { client, email, authenticator, answer: () => guess(client, id, authenticator.code()) }
  }
  /** The account's current session, not its predecessor, which stays until the successor is used. */
  const sessionOf = async (email: string) => {
    const { _id, sessions } = await storedPerson(gateway, email)
    const session = Object.values(sessions).find(({ supersededAt }) => !supersededAt)
    if (!session) throw new Error('there is no session')
    return { accountId: _id, session }
  }

  it('a proof for one operation raises nothing else', async () => {
    const { client, email, answer } = await provingOnce()
    const before = (await sessionOf(email)).session
    expect(await answer()).toBe('PASSED')
    const { session } = await sessionOf(email)
    expect(session.operationProof).not.toBeNull()
    expect(session.proofs).toEqual(before.proofs)
    const another = 'query Another { me { profile { taxId } } }'
    expect(codeOf(await client.send(another))).toBe('STEP_UP_REQUIRED')
  })

  it('a proof for one operation that is spent while the session is raised does not come back', async () => {
    const { client, email, authenticator, answer } = await provingOnce()
    expect(await answer()).toBe('PASSED')
    gateway.clock.advance(30)
    const { id } = await challenged(client, authenticator.factorId)
    const { accountId, session } = await sessionOf(email)
    const hash = session.operationProof?.operationHash ?? ''
    const { sessions } = openRepositories(gateway.store, async () => OPEN_RULES)
    beforeItPasses(async () => {
      expect(await sessions.spendOperationProof(accountId, session.id, hash)).toBe(true)
    })
    expect(await guess(client, id, authenticator.code())).toBe('PASSED')
    expect((await sessionOf(email)).session.operationProof).toBeNull()
  })
})
