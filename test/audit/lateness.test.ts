import { ChangeEmailDocument, MeDocument } from '../../schema/generated/graphql.js'
import { challenged, eventsOf, guess } from '../support/answers.js'
import { codeOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForEach } from '../support/lent-gateway.js'
import { withTotp } from '../support/person.js'

describe.each(STORES)('what the audit log says of what came too late, on the %s store', (store) => {
  const gateway = gatewayForEach({ store })

  it('an answer after the end of its challenge: one event, however often it is sent', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    gateway.clock.advance(301)
    for (let times = 0; times < 3; times += 1) {
      expect(await guess(client, challenge.id, authenticator.code())).toBe('CHALLENGE_NOT_AVAILABLE')
    }
    const events = await eventsOf(gateway, email, 'challenge.expired')
    expect(events).toMatchObject([{ outcome: 'FAILURE', metadata: { factorType: 'TOTP', purpose: 'STEP_UP' } }])
    expect(events[0]?.targets.map(({ id }) => id)).toEqual([challenge.id, authenticator.factorId])
  })

  it.each([
    ['that was used a moment before', 0],
    ['that this process used long ago', 61],
  ])('a session that ran out, %s: one event, and it is gone', async (_what, usedAfter) => {
    const { client, email } = await withTotp(gateway)
    gateway.clock.advance(usedAfter)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
    gateway.clock.advance(3601)
    for (let times = 0; times < 3; times += 1) expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const events = await eventsOf(gateway, email, 'session.expired')
    expect(events).toMatchObject([{ outcome: 'DENIED', context: { ip: '127.0.0.1' } }])
  })

  it('a refusal: with its error code', async () => {
    const { client, email } = await withTotp(gateway)
    gateway.clock.advance(301)
    const input = { newEmail: 'new@example.com' }
    expect(codeOf(await client.send(ChangeEmailDocument, { input }))).toBe('STEP_UP_REQUIRED')
    const events = await eventsOf(gateway, email, 'step_up.required')
    expect(events).toMatchObject([{ metadata: { errorCode: 'STEP_UP_REQUIRED', purpose: 'email.change' } }])
  })
})
