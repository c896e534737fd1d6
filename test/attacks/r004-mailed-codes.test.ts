import { MyFactorsDocument } from '../../schema/generated/graphql.js'
import { challenged, eventsOf, guess, pendingSignIn, recoveryOption, ROOMY, sendCode } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { beginEmail, enrollEmail, otherCode, withMailbox } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, withTotp } from '../support/person.js'

const CALLS = 100
const MALFORMED = [
  '',
  ' ',
  '12345',
  '1234567',
  '123456\n',
  '١٢٣٤٥٦',
  '１２３４５６',
  '-12345',
  '1e5000',
  '{"$ne":""}',
  '\ud83512345',
]

describe.each(STORES)('a mailed code, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_STEP_UP_LIMIT: '1000/900', STEPGATE_CHALLENGE_ATTEMPTS: '10' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  it('R001 is spent by its first use', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const { id } = await challenged(client, mailbox.factorId)
    const code = await mailbox.code()
    expect(await guess(client, id, code)).toBe('PASSED')
    expect(await guess(client, id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    gateway.clock.advance(31)
    const next = await challenged(client, mailbox.factorId)
    expect(await guess(client, next.id, code)).toBe('CODE_INVALID')
  })

  it('R002 is spent by the enrolment it confirmed', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const { mailbox, challenge } = await beginEmail(gateway, client, 'r002@example.com')
    const code = await mailbox.code()
    expect(await guess(client, challenge.id, code)).toBe('PASSED')
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, code)).toBe('CODE_INVALID')
  })

  it(`R004 lets one of ${CALLS} callers in, five times in a row, at two processes where the store allows two`, async () => {
    const second = store === 'mongodb' ? await startGateway({ beside: gateway }) : gateway
    const urls = [gateway.url, second.url] as const
    const { client, email, mailbox } = await withMailbox(gateway)
    for (let round = 0; round < 5; round++) {
      const { id } = await challenged(client, mailbox.factorId)
      const code = await mailbox.code()
      const callers = Array.from({ length: CALLS }, (_, nth) => client.copy().at(urls[nth % 2] ?? gateway.url))
      const answers = await Promise.all(callers.map((each) => sendCode(each, id, code)))
      const winner = answers.findIndex(({ data }) => data?.verifyChallenge.__typename === 'ChallengePassed')
      const passed = answers.filter(({ data }) => data?.verifyChallenge.__typename === 'ChallengePassed')
      expect({ round, passed: passed.length }).toEqual({ round, passed: 1 })
      for (const [name, value] of callers[winner]?.cookies ?? []) client.cookies.set(name, value)
      gateway.clock.advance(31)
    }
    expect(await eventsOf(gateway, email, 'challenge.passed')).toHaveLength(6)
    if (second !== gateway) await second.close()
  })

  it('R005 expires after ten minutes, to the second', async () => {
    const { client, mailbox } = await withMailbox(gateway)
    const early = await challenged(client, mailbox.factorId)
    gateway.clock.advance(599)
    expect(await guess(client, early.id, await mailbox.code())).toBe('PASSED')
    const late = await challenged(client, mailbox.factorId)
    const sent = await mailbox.code()
    gateway.clock.advance(600)
    expect(await guess(client, late.id, sent)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, late.id, otherCode([sent]))).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('R011 works only for its own challenge, not for another one of the session or of another session', async () => {
    const { client, email, mailbox } = await withMailbox(gateway)
    const { client: pending } = await pendingSignIn(gateway, email)
    const toSignIn = await challenged(pending, mailbox.factorId)
    const forSignIn = await mailbox.code()
    const toStepUp = await challenged(client, mailbox.factorId)
    const forStepUp = await mailbox.code()
    expect([toSignIn.purpose, toStepUp.purpose]).toEqual(['SIGN_IN', 'STEP_UP'])
    expect(await guess(client, toStepUp.id, forSignIn)).toBe('CODE_INVALID')
    expect(await guess(pending, toSignIn.id, forStepUp)).toBe('CODE_INVALID')
    expect(await guess(pending, toStepUp.id, forStepUp)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, toSignIn.id, forSignIn)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(pending, toSignIn.id, forSignIn)).toBe('PASSED')
    expect(await guess(client, toStepUp.id, forStepUp)).toBe('PASSED')
  })

  it('R011 works only for its own account', async () => {
    const [mira, eve] = [await withMailbox(gateway), await withMailbox(gateway)]
    const hers = await challenged(mira.client, mira.mailbox.factorId)
    const { id } = await challenged(eve.client, eve.mailbox.factorId)
    expect(await guess(eve.client, hers.id, await mira.mailbox.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(eve.client, id, await mira.mailbox.code())).toBe('CODE_INVALID')
    expect(await guess(mira.client, hers.id, await mira.mailbox.code())).toBe('PASSED')
  })

  it('R011 does not answer for an authenticator app or a recovery code, nor do they answer for it', async () => {
    const { client, email, authenticator, recoveryCodes } = await withTotp(gateway)
    const { mailbox } = await enrollEmail(gateway, client, `codes.${email}`)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    const recovery = myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.id ?? ''
    const byMail = await challenged(client, mailbox.factorId)
    const byApp = await challenged(client, authenticator.factorId)
    const byRecovery = await challenged(client, recovery)
    const [mailed, shown, kept] = [await mailbox.code(), authenticator.code(), recoveryCodes[0] ?? '']
    for (const [challenge, code] of [
      [byMail, shown],
      [byMail, kept],
      [byApp, mailed],
      [byApp, kept],
      [byRecovery, mailed],
      [byRecovery, shown],
    ] as const) {
      expect(await guess(client, challenge.id, code)).toBe('CODE_INVALID')
    }
    expect(await guess(client, byMail.id, mailed)).toBe('PASSED')
  })

  it('R011 for an enrolment proves nothing for a live factor, and vice versa', async () => {
    const { client, email, mailbox } = await withMailbox(gateway)
    const live = await challenged(client, mailbox.factorId)
    const forLive = await mailbox.code()
    const { mailbox: added, challenge } = await beginEmail(gateway, client, `added.${email}`)
    const forAdded = await added.code()
    expect(await guess(client, live.id, forAdded)).toBe('CODE_INVALID')
    expect(await guess(client, challenge.id, forLive)).toBe('CODE_INVALID')
    expect(await guess(client, challenge.id, forAdded)).toBe('PASSED')
  })

  it('R015 cannot be guessed: a sign-in ends when its attempts are used up', async () => {
    const { email, mailbox } = await withMailbox(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, mailbox.factorId)
    const sent = await mailbox.code()
    for (let nth = 0; nth < 10; nth++) expect(await guess(client, id, otherCode([sent], nth))).toBe('CODE_INVALID')
    expect(await guess(client, id, sent)).toBe('UNAUTHENTICATED')
    expect(recoveryOption(stepUp)).not.toBe('')
  })

  it.each(MALFORMED)('R022 is wrong when it is written as %j', async (typed) => {
    const { client, mailbox } = await withMailbox(gateway)
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, typed)).toBe('CODE_INVALID')
    const sent = await mailbox.code()
    expect(await guess(client, id, ` ${sent.slice(0, 3)} ${sent.slice(3)} `)).toBe('PASSED')
  })
})
