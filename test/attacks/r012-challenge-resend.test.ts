import { CancelChallengeDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { ask, challenged, guess, pendingSignIn, ROOMY, wrongCode } from '../support/answers.js'
import { withTotp } from '../support/person.js'

describe.each(STORES)('asking again, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('R012 replaces the challenge: the first one is dead, the second one is answered', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    const second = await challenged(client, authenticator.factorId)
    expect(await guess(client, first.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, second.id, authenticator.code())).toBe('PASSED')
  })

  it('R013 does not reset the count: four wrong, ask again, one wrong, and the attempts are used up', async () => {
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

  it('R013 does not reset the count when the challenge is given up in between', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 4; nth++) await guess(client, first.id, wrongCode(authenticator, gateway, nth))
    const cancelled = await client.send(CancelChallengeDocument, { challengeId: first.id })
    expect(dataOf(cancelled).cancelChallenge.cancelled).toBe(true)
    expect(await guess(client, first.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect((await challenged(client, authenticator.factorId)).attemptsLeft).toBe(1)
  })

  it('R013 holds at sign-in too, where asking again is free of charge and of gain', async () => {
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
