import { codeOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { ask, challenged, eventsOf, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { beginSms, otherThan, textsTo, withSms } from '../support/factors.js'
import { registered, signIn } from '../support/person.js'

describe.each(STORES)('a repeated text message, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_SMS_LIMIT_NUMBER: '1000/3600', STEPGATE_SMS_LIMIT_ACCOUNT: '1000/3600' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  const secondsUntil = (moment: unknown): number => (Date.parse(String(moment)) - gateway.clock.now().getTime()) / 1000

  it('R012 replaces the code: the first is invalid, the second works', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const first = await challenged(client, telephone.factorId)
    const firstCode = await telephone.code()
    gateway.clock.advance(30)
    const second = await challenged(client, telephone.factorId)
    const secondCode = await telephone.code()
    expect(secondCode).not.toBe(firstCode)
    expect(await guess(client, first.id, firstCode)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, first.id, secondCode)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, second.id, firstCode)).toBe('CODE_INVALID')
    expect(await guess(client, second.id, secondCode)).toBe('PASSED')
  })

  it('R013 does not reset the count: four wrong, a new message, one wrong, and the challenge is over', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const first = await challenged(client, telephone.factorId)
    for (let nth = 0; nth < 4; nth += 1) await guess(client, first.id, otherThan(await telephone.code(), nth))
    gateway.clock.advance(30)
    const second = await challenged(client, telephone.factorId)
    expect(second.attemptsLeft).toBe(1)
    expect(await guess(client, second.id, otherThan(await telephone.code()))).toBe('CODE_INVALID')
    // The last attempt ended the sign-in: the password is required again (R015).
    expect(await guess(client, second.id, await telephone.code())).not.toBe('PASSED')
    const again = await pendingSignIn(gateway, email)
    const third = await challenged(again.client, telephone.factorId)
    expect(await guess(again.client, third.id, await telephone.code())).toBe('PASSED')
  })

  it('has to wait 30 s, then 60 s, then 120 s and so on, up to eight minutes', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const waits: number[] = []
    for (const wait of [30, 60, 120, 240]) {
      const { resendAvailableAt } = await challenged(client, telephone.factorId)
      waits.push(secondsUntil(resendAvailableAt))
      gateway.clock.advance(wait - 1)
      const before = (await textsTo(gateway, telephone.number)).length
      const early = await ask(client, telephone.factorId)
      expect([early.status, codeOf(early)]).toEqual([429, 'RATE_LIMITED'])
      expect(early.errors[0]?.extensions['retryAfterSeconds']).toBe(1)
      expect(early.headers.get('retry-after')).toBe('1')
      expect((await textsTo(gateway, telephone.number)).length).toBe(before)
      gateway.clock.advance(1)
    }
    expect(waits).toEqual([30, 60, 120, 240])
  })

  it('does not replace the code when it is refused: the code on its way still works', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, telephone.factorId)
    expect(codeOf(await ask(client, telephone.factorId))).toBe('RATE_LIMITED')
    expect(await guess(client, id, await telephone.code())).toBe('PASSED')
  })

  it('is sent once for a hundred parallel requests', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const before = (await textsTo(gateway, telephone.number)).length
    const asked = await Promise.all(Array.from({ length: 100 }, () => ask(client, telephone.factorId)))
    expect(asked.filter((answer) => answer.data !== null)).toHaveLength(1)
    expect((await textsTo(gateway, telephone.number)).length).toBe(before + 1)
  })

  it('is available for a number that is being enrolled, to the enrolling session', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { client: elsewhere } = await signIn(gateway, email)
    const { telephone, challenge } = await beginSms(gateway, client)
    const firstCode = await telephone.code()
    expect(secondsUntil(challenge.resendAvailableAt)).toBe(30)
    expect(codeOf(await ask(client, telephone.factorId))).toBe('RATE_LIMITED')
    gateway.clock.advance(30)
    expect(codeOf(await ask(elsewhere, telephone.factorId))).toBe('BAD_USER_INPUT')
    const second = await challenged(client, telephone.factorId)
    expect(await guess(client, second.id, firstCode)).toBe('CODE_INVALID')
    expect(await guess(client, second.id, await telephone.code())).toBe('PASSED')
  })

  it('is counted in the audit log', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    await challenged(client, telephone.factorId)
    gateway.clock.advance(30)
    await challenged(client, telephone.factorId)
    const created = await eventsOf(gateway, email, 'challenge.created')
    expect(created.map(({ metadata }) => metadata)).toMatchObject([
      { factorType: 'SMS', messages: 1 },
      { factorType: 'SMS', messages: 2 },
    ])
  })
})
