import { RemoveFactorDocument } from '../../schema/generated/graphql.js'
import { ask, challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { enrollSms, otherThan, textsTo, withSms } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { signIn } from '../support/person.js'

describe.each(STORES)('a code sent before a change, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_SMS_LIMIT_NUMBER: '100/3600', STEPGATE_SMS_LIMIT_ACCOUNT: '100/3600' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  it('R017 is refused while step-up is locked, and no other code is sent', async () => {
    const { email, telephone } = await withSms(gateway)
    const early = await pendingSignIn(gateway, email)
    const open = await challenged(early.client, telephone.factorId)
    const code = await telephone.code()
    for (let round = 0; round < 2; round += 1) {
      const { client } = await pendingSignIn(gateway, email)
      const { id } = await challenged(client, telephone.factorId)
      const right = await telephone.code()
      for (let nth = 0; nth < 5; nth += 1) await guess(client, id, otherThan(right, nth))
    }
    const sent = (await textsTo(gateway, telephone.number)).length
    expect(await guess(early.client, open.id, code)).toBe('TOO_MANY_ATTEMPTS')
    gateway.clock.advance(30)
    expect(codeOf(await ask(early.client, telephone.factorId))).toBe('TOO_MANY_ATTEMPTS')
    const later = await pendingSignIn(gateway, email)
    expect(codeOf(await ask(later.client, telephone.factorId))).toBe('TOO_MANY_ATTEMPTS')
    expect((await textsTo(gateway, telephone.number)).length).toBe(sent)

    gateway.clock.advance(901)
    const opened = await pendingSignIn(gateway, email)
    const { id } = await challenged(opened.client, telephone.factorId)
    expect(await guess(opened.client, id, await telephone.code())).toBe('PASSED')
  })

  it('R045 is refused once its number is removed', async () => {
    const { email, client, telephone } = await withSms(gateway)
    const { telephone: other } = await enrollSms(gateway, client)
    const waiting = await pendingSignIn(gateway, email)
    const { id } = await challenged(waiting.client, telephone.factorId)
    const code = await telephone.code()
    dataOf(await client.send(RemoveFactorDocument, { factorId: telephone.factorId }))
    expect(await guess(waiting.client, id, code)).not.toBe('PASSED')
    const again = await pendingSignIn(gateway, email)
    expect(again.stepUp.challenge.map(({ factorId }) => factorId)).not.toContain(telephone.factorId)
    expect(codeOf(await ask(again.client, telephone.factorId))).toBe('BAD_USER_INPUT')
    const asked = await challenged(again.client, other.factorId)
    expect(await guess(again.client, asked.id, await other.code())).toBe('PASSED')
  })

  it('R020 is refused after five wrong answers, for every session of the account', async () => {
    const { email, client, telephone } = await withSms(gateway)
    gateway.clock.advance(30)
    const { id } = await challenged(client, telephone.factorId)
    const code = await telephone.code()
    const { client: elsewhere } = await signIn(gateway, email)
    expect(await guess(elsewhere, id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    for (let nth = 0; nth < 5; nth += 1) expect(await guess(client, id, otherThan(code, nth))).toBe('CODE_INVALID')
    expect(await guess(client, id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
  })
})
