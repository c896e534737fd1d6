import { SignInDocument, SignUpDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { codeOf, type Answer } from '../support/client.js'
import type { TestGateway } from '../support/gateway.js'
import { countArrivals, heldHashes } from '../support/held-hashes.js'

// Argon2 has to be taken over before the gateway loads it.
const hashes = heldHashes()
const { ROOMY } = await import('../support/answers.js')
const { startGateway, STORES } = await import('../support/gateway.js')
const { PASSWORD, registered, signIn } = await import('../support/person.js')

const OFFICE = '198.51.100.4'

describe.each(STORES)('R171 what the lanes tell a stranger, on the %s store', (store) => {
  let gateway: TestGateway
  let arrivals: ReturnType<typeof countArrivals>
  beforeEach(async () => {
    arrivals = countArrivals()
    const env = { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback', STEPGATE_PASSWORD_WAITING_UNKNOWN: '2' }
    gateway = await startGateway({ store, env, wrapStore: arrivals.wrapStore })
  }, 120_000)
  afterEach(async () => {
    hashes.letGo()
    await gateway.close()
  })

  const from = (address: string) => gateway.client({ headers: { 'x-forwarded-for': address } })
  const guess = (address: string, email: string, password: string) => () =>
    from(address).send(SignInDocument, { input: { email, password } })
  /** Begins sign-ins one after the other, so that the order in which they arrive is known. */
  async function arrive(...calls: (() => Promise<Answer<unknown>>)[]) {
    const answers: Promise<Answer<unknown>>[] = []
    for (const call of calls) answers.push((await arrivals.arrivalOf(call)).answer)
    return answers
  }

  it('refuses known and unknown names with the same words in a full lane', async () => {
    const email = await registered(gateway)
    hashes.hold()
    const answers = await arrive(
      guess('20.0.0.1', 'someone@example.com', 'the one that is hashed'),
      guess('20.0.1.1', email, 'the oldest that waits'),
      guess('20.0.2.1', 'nobody@example.com', 'the second'),
      guess('20.0.3.1', 'someone@example.com', 'the third'),
      guess('20.0.4.1', 'someone@example.com', 'the fourth'),
    )
    const [known, unknown] = [await answers[1], await answers[2]]
    expect(known?.status).toBe(429)
    expect(known?.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 5 })
    expect(unknown?.text).toBe(known?.text)
    expect(unknown?.headers.get('retry-after')).toBe(known?.headers.get('retry-after'))
  }, 120_000)

  it('puts every name into the same lane in the office where one of them has signed in', async () => {
    const colleague = await registered(gateway)
    const elsewhere = await registered(gateway)
    await signIn(gateway, colleague, {}, from(OFFICE))
    hashes.hold()
    const answers = await arrive(
      guess('20.0.0.1', 'someone@example.com', 'the one that is hashed'),
      guess('20.0.1.1', colleague, 'a stranger'),
      guess(OFFICE, 'nobody@example.com', 'office, no account'),
      guess(OFFICE, elsewhere, 'office, account elsewhere'),
      guess(OFFICE, colleague, 'office, account here'),
    )
    const order: string[] = []
    while (order.length < answers.length) order.push(await hashes.finishOne())
    expect(order).toEqual([
      'the one that is hashed',
      'office, no account',
      'office, account elsewhere',
      'office, account here',
      'a stranger',
    ])
    expect((await Promise.all(answers)).map(codeOf)).toEqual(Array(5).fill('UNAUTHENTICATED'))
  }, 120_000)

  it('counts no failure and spends no attempt of a link for a caller that it refuses', async () => {
    const email = await registered(gateway)
    hashes.hold()
    const flood = (nth: number) => guess(`20.1.${nth}.1`, 'someone@example.com', 'a flood')
    const answers = await arrive(
      flood(0),
      ...Array.from({ length: 14 }, () => guess('192.0.2.1', email, 'not the right one')),
    )
    answers.push(...(await arrive(flood(1), flood(2), flood(3))))
    hashes.letGo()
    const codes = (await Promise.all(answers)).map(codeOf)
    expect(codes.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(12)
    expect(codeOf(await guess('192.0.2.1', email, PASSWORD)())).toBeNull()
  }, 120_000)

  it('keeps the attempts of a link whose reader is refused', async () => {
    const email = 'fresh@example.com'
    await gateway.client().send(SignUpDocument, { input: { email, password: PASSWORD } })
    const token = await gateway.linkTokenFor(email)
    const follow = (password: string) => gateway.client().send(VerifyEmailDocument, { input: { token, password } })
    hashes.hold()
    const [running] = await arrive(guess('20.0.0.1', 'someone@example.com', 'the one that is hashed'))
    const waiting = follow('not the right one')
    const again = follow('not the right one')
    // Both are in line by the time that a later request is answered.
    await gateway.client().post(JSON.stringify({ query: '{ __typename }' }))
    gateway.clock.advance(6)
    hashes.letGo()
    await running
    const codes = [codeOf(await waiting), codeOf(await again)]
    const wrong = await follow('not the right one')
    const judged = codes.filter((code) => code === 'CODE_INVALID').length
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'CODE_INVALID', attemptsLeft: 4 - judged })
  }, 120_000)
})
