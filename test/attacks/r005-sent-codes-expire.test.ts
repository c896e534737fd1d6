import { readConfig } from '../../src/config/index.js'
import { codeOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, ROOMY, sendCode } from '../support/answers.js'
import { beginSms, otherThan, withSms } from '../support/factors.js'
import { registered, signIn } from '../support/person.js'

const LIFETIME = 600

describe.each(STORES)('R005 a sent code, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('works for 9 minutes and 59 seconds', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, telephone.factorId)
    gateway.clock.advance(LIFETIME - 1)
    expect(await guess(client, id, await telephone.code())).toBe('PASSED')
  })

  it('is invalid after ten minutes, and the caller cannot tell it from a wrong one', async () => {
    const { client, telephone } = await withSms(gateway)
    const { id, expiresAt } = await challenged(client, telephone.factorId)
    expect(Date.parse(expiresAt) - gateway.clock.now().getTime()).toBe(LIFETIME * 1000)
    gateway.clock.advance(LIFETIME + 1)
    const code = await telephone.code()
    const late = await sendCode(client, id, code)
    const lateAndWrong = await sendCode(client, id, otherThan(code))
    expect(late.data?.verifyChallenge).toMatchObject({ code: 'CHALLENGE_NOT_AVAILABLE', attemptsLeft: null })
    expect([lateAndWrong.status, lateAndWrong.text]).toEqual([late.status, late.text])
  })

  it('does not sign in after ten minutes: the waiting sign-in has ended too', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, telephone.factorId)
    gateway.clock.advance(LIFETIME + 1)
    expect(await guess(client, id, await telephone.code())).toBe('UNAUTHENTICATED')
  })

  it('does not enrol after ten minutes', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const { telephone, challenge } = await beginSms(gateway, client)
    gateway.clock.advance(LIFETIME + 1)
    expect(await guess(client, challenge.id, await telephone.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(codeOf(await ask(client, telephone.factorId))).toBeNull()
  })

  it('lives as long as configured, and never longer than ten minutes', async () => {
    const short = await startGateway({ store, env: { ...ROOMY, STEPGATE_CHALLENGE_LIFETIME: '60' } })
    try {
      const { email, telephone } = await withSms(short)
      const { client } = await pendingSignIn(short, email)
      const { id } = await challenged(client, telephone.factorId)
      short.clock.advance(61)
      expect(await guess(client, id, await telephone.code())).toBe('CHALLENGE_NOT_AVAILABLE')
      expect(() => readConfig({ STEPGATE_CHALLENGE_LIFETIME: '601' })).toThrow('STEPGATE_CHALLENGE_LIFETIME')
    } finally {
      await short.close()
    }
  })
})
