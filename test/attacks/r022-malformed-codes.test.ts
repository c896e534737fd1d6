import { VerifyChallengeDocument } from '../../schema/generated/graphql.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { challenged, guess, pendingSignIn, recoveryOption, ROOMY, sendCode } from '../support/answers.js'
import { withTotp, type PersonWithFactor } from '../support/person.js'

const MALFORMED: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a space', ' '],
  ['five digits', '12345'],
  ['seven digits', '1234567'],
  ['a null character', '12345\u00006'],
  ['Arabic-Indic digits', '١٢٣٤٥٦'],
  ['Devanagari digits', '१२३४५६'],
  ['full-width digits', '１２３４５６'],
  ['a minus', '-12345'],
  ['an exponent', '1e5000'],
  ['hexadecimal', '0x1234'],
  ['a fraction', '12.456'],
  ['a lone surrogate', '\ud83512345'],
  ['an operator', '{"$ne":""}'],
  ['four thousand digits', '1'.repeat(4000)],
]

/** Where typing, pasting and autocorrection add something to a code of six characters or more. */
const TYPED: readonly (readonly [string, (code: string) => string])[] = [
  ['a space inside', (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ['spaces around', (code) => ` ${code} `],
  ['a hyphen', (code) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ['a non-breaking hyphen', (code) => `${code.slice(0, 3)}\u2011${code.slice(3)}`],
  ['an en dash', (code) => `${code.slice(0, 3)}\u2013${code.slice(3)}`],
  ['a minus sign', (code) => `${code.slice(0, 3)}\u2212${code.slice(3)}`],
  ['a no-break space', (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
  ['a narrow no-break space', (code) => `${code.slice(0, 3)}\u202f${code.slice(3)}`],
  ['a tab', (code) => `${code}\t`],
  ['a line break', (code) => `${code}\r\n`],
  ['marks of direction', (code) => `\u2066${code}\u2069\u200f`],
  ['a zero-width space', (code) => `${code.slice(0, 3)}\u200b${code.slice(3)}`],
  ['a byte order mark', (code) => `\ufeff${code}`],
]

describe.each(STORES)('malformed codes, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_CHALLENGE_ATTEMPTS: '10', STEPGATE_STEP_UP_LIMIT: '1000/900' }
    gateway = await startGateway({ store, env })
    person = await withTotp(gateway)
  })
  afterAll(() => gateway.close())

  it.each(MALFORMED)('R022 are answered like wrong ones: %s', async (_, code) => {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const { id } = await challenged(client, authenticator.factorId)
    const malformed = await sendCode(client, id, code)
    const wrong = await sendCode(client, id, '000000')
    expect(malformed.status).toBe(wrong.status)
    const failed = { __typename: 'ChallengeFailed', code: 'CODE_INVALID' }
    // R023: nothing was guessed, so no attempt is spent.
    expect(malformed.data?.verifyChallenge).toEqual({ ...failed, attemptsLeft: 10 })
    expect(wrong.data?.verifyChallenge).toEqual({ ...failed, attemptsLeft: 9 })
  })

  it('R022 are answered like wrong ones where a recovery code is expected', async () => {
    const { email } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, recoveryOption(stepUp))
    for (const code of ['', '0', '0000-0000-0000-000', '0000-0000-0000-00000', '٠'.repeat(16), 'U'.repeat(16)]) {
      expect(await guess(client, id, code)).toBe('CODE_INVALID')
    }
  })

  it.each([
    ['an object', { $gt: '' }],
    ['a number', 123456],
    ['a list', ['123456']],
    ['a megabyte', '1'.repeat(1_000_000)],
  ])('R022 do no harm as %s, and are not echoed', async (_, code) => {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const { id } = await challenged(client, authenticator.factorId)
    const query = VerifyChallengeDocument.toString()
    const answer = await client.post(JSON.stringify({ query, variables: { input: { challengeId: id, code } } }))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text).not.toContain('123456')
    expect(answer.text).not.toContain('$gt')
    expect(await guess(client, id, authenticator.code())).toBe('PASSED')
  })

  it.each(TYPED)('R023 are codes in spite of what typing adds: %s', async (_, typed) => {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const { id } = await challenged(client, authenticator.factorId)
    expect(await guess(client, id, typed(authenticator.code()))).toBe('PASSED')
  })

  it.each(TYPED)('R023 are recovery codes in spite of what typing adds: %s', async (_, typed) => {
    const { email, recoveryCodes } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, recoveryOption(stepUp))
    expect(await guess(client, id, typed(recoveryCodes[0] ?? ''))).toBe('PASSED')
  })

  it('R023 digits of another script are not converted', async () => {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const { id } = await challenged(client, authenticator.factorId)
    const devanagari = (digit: string): string => String.fromCharCode(0x966 + Number(digit))
    expect(await guess(client, id, authenticator.code().replace(/\d/g, devanagari))).toBe('CODE_INVALID')
  })

  it('R023 spend no attempt where the challenge begins with the answer', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const send = (code: string) =>
      client.send(VerifyChallengeDocument, {
        input: { mfaToken: stepUp.mfaToken, factorId: authenticator.factorId, code },
      })
    for (let n = 0; n < 12; n += 1) {
      const { data } = await send('12345')
      expect(data?.verifyChallenge).toEqual({ __typename: 'ChallengeFailed', code: 'CODE_INVALID', attemptsLeft: 10 })
    }
    gateway.clock.advance(30)
    expect((await send(authenticator.code())).data?.verifyChallenge.__typename).toBe('ChallengePassed')
  })

  it("R007 are judged by the server's time, whatever time the client claims", async () => {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const { id } = await challenged(client, authenticator.factorId)
    gateway.clock.advance(600)
    const later = authenticator.code()
    const then = gateway.clock.now()
    gateway.clock.advance(-600)
    const claims = {
      date: then.toUTCString(),
      'x-timestamp': String(then.getTime()),
      'x-now': then.toISOString(),
    }
    const variables = { input: { challengeId: id, code: later }, now: then.toISOString(), timestamp: then.getTime() }
    const body = JSON.stringify({ query: VerifyChallengeDocument.toString(), variables, extensions: { now: then } })
    const answer = await client.post(body, claims)
    expect(answer.data?.['verifyChallenge']).toMatchObject({ code: 'CODE_INVALID' })
    expect(await guess(client, id, authenticator.code())).toBe('PASSED')
  })
})
