import { CancelChallengeDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, ROOMY, wrongCode } from '../support/answers.js'
import { withTotp } from '../support/person.js'

describe.each(STORES)('a repeated challenge, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('R012 replaces the challenge: the first is invalid, the second can be answered', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    const second = await challenged(client, authenticator.factorId)
    expect(await guess(client, first.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, second.id, authenticator.code())).toBe('PASSED')
  })

  it('R013 does not reset the count: four wrong, a new challenge, one wrong, and the attempts are used up', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 4; nth++) await guess(client, first.id, wrongCode(authenticator, gateway, nth))
    const second = await challenged(client, authenticator.factorId)
    expect(second.attemptsLeft).toBe(1)
    expect(await guess(client, second.id, wrongCode(authenticator, gateway))).toBe('CODE_INVALID')
    expect(await guess(client, second.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')

    const third = await ask(client, authenticator.factorId)
    expect([third.status, codeOf(third)]).toEqual([429, 'TOO_MANY_ATTEMPTS'])
    expect(third.errors[0]?.extensions['retryAfterSeconds']).toBe(300)
    expect(third.headers.get('retry-after')).toBe('300')
  })

  it('R013 does not reset the count when the challenge is cancelled in between', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 4; nth++) await guess(client, first.id, wrongCode(authenticator, gateway, nth))
    const cancelled = await client.send(CancelChallengeDocument, { challengeId: first.id })
    expect(dataOf(cancelled).cancelChallenge.cancelled).toBe(true)
    expect(await guess(client, first.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect((await challenged(client, authenticator.factorId)).attemptsLeft).toBe(1)
  })

  it('R013 does not reset the count at sign-in either, where repeating costs and gains nothing', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const left: number[] = []
    for (let nth = 0; nth < 4; nth++) {
      const challenge = await challenged(client, authenticator.factorId)
      left.push(challenge.attemptsLeft)
      await guess(client, challenge.id, wrongCode(authenticator, gateway, nth))
    }
    expect(left).toEqual([5, 4, 3, 2])
  })
})
