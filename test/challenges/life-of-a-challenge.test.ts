import { CancelChallengeDocument } from '../../schema/generated/graphql.js'
import {
  ask,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  wrongCode,
} from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { withTotp } from '../support/person.js'

/* The arrows of src/challenges/challenge-states.mermaid that no attack test covers. */

describe.each(STORES)('a challenge, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_STEP_UP_LIMIT: '1000/900' } })

  it('lives as long as its kind allows: five minutes for an app, ten for recovery codes', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const lifeOf = async (factorId: string) =>
      (Date.parse((await challenged(client, factorId)).expiresAt) - gateway.clock.now().getTime()) / 1000
    expect(await lifeOf(authenticator.factorId)).toBe(300)
    expect(await lifeOf(recoveryOption(stepUp))).toBe(600)
  })

  it('can be answered until just before it expires', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    gateway.clock.set(new Date(Date.parse(first.expiresAt) - 1))
    expect(await guess(client, first.id, authenticator.code())).toBe('PASSED')
    gateway.clock.advance(30)
    const second = await challenged(client, authenticator.factorId)
    gateway.clock.set(new Date(second.expiresAt))
    expect(await guess(client, second.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('leaves one event when it is answered too late, however often', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { id } = await challenged(client, authenticator.factorId)
    gateway.clock.advance(300)
    for (let nth = 0; nth < 3; nth += 1) await guess(client, id, authenticator.code())
    expect(await eventsOf(gateway, email, 'challenge.expired')).toHaveLength(1)
  })

  it('is replaced by the next about the same factor, and not by one about another', async () => {
    const { email, authenticator, recoveryCodes } = await withTotp(gateway)
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const app = await challenged(client, authenticator.factorId)
    const code = await challenged(client, recoveryOption(stepUp))
    const newer = await challenged(client, authenticator.factorId)
    expect(await guess(client, app.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(client, code.id, recoveryCodes[0] ?? '')).toBe('PASSED')
    // The session that contained it has another id now.
    expect(await guess(client, newer.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('cannot be answered once it is cancelled, and the next one inherits its spent attempts', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const given = await challenged(client, authenticator.factorId)
    expect(await guess(client, given.id, wrongCode(authenticator, gateway))).toBe('CODE_INVALID')
    const cancel = async () =>
      dataOf(await client.send(CancelChallengeDocument, { challengeId: given.id })).cancelChallenge
    expect(await cancel()).toEqual({ cancelled: true })
    expect(await cancel()).toEqual({ cancelled: false })
    expect(await guess(client, given.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    expect((await challenged(client, authenticator.factorId)).attemptsLeft).toBe(4)
    expect(await eventsOf(gateway, email, 'challenge.cancelled')).toHaveLength(1)
  })

  it('is cancelled by exactly one of several parallel callers, and by no other session', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { client: other } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, authenticator.factorId)
    const by = async (each: typeof client) =>
      dataOf(await each.copy().send(CancelChallengeDocument, { challengeId: id })).cancelChallenge.cancelled
    expect(await by(other)).toBe(false)
    const all = await Promise.all(Array.from({ length: 5 }, () => by(client)))
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  it('cannot be started again before it would have expired, once its attempts are used up', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const { id } = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 5; nth += 1) await guess(client, id, wrongCode(authenticator, gateway, nth))
    const refused = await ask(client, authenticator.factorId)
    expect([codeOf(refused), refused.errors[0]?.extensions['retryAfterSeconds']]).toEqual(['TOO_MANY_ATTEMPTS', 300])
    gateway.clock.advance(300)
    expect((await challenged(client, authenticator.factorId)).attemptsLeft).toBe(5)
  })
})
