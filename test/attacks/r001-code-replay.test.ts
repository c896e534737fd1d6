import { SignOutDocument } from '../../schema/generated/graphql.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { enrollTotp, registered, signIn, withTotp } from '../support/person.js'

describe.each(STORES)('a used code, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it('R001 is refused in the same, a new and a parallel challenge', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const parallel = await pendingSignIn(gateway, email)
    const waiting = await challenged(parallel.client, authenticator.factorId)
    const first = await challenged(client, authenticator.factorId)
    const code = authenticator.code()
    expect(await guess(client, first.id, code)).toBe('PASSED')

    expect(await guess(client, first.id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    const second = await challenged(client, authenticator.factorId)
    expect(await guess(client, second.id, code)).toBe('CODE_INVALID')
    expect(await guess(parallel.client, waiting.id, code)).toBe('CODE_INVALID')
  })

  it('R001 invalidates the codes of earlier steps, but not of the next', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const earlier = authenticator.code()
    gateway.clock.advance(30)
    const first = await challenged(client, authenticator.factorId)
    expect(await guess(client, first.id, authenticator.code())).toBe('PASSED')

    const second = await challenged(client, authenticator.factorId)
    expect(await guess(client, second.id, earlier)).toBe('CODE_INVALID')
    gateway.clock.advance(30)
    expect(await guess(client, second.id, authenticator.code())).toBe('PASSED')
  })

  it('R002 is spent for sign-in and step-up once it has confirmed an enrolment', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { authenticator } = await enrollTotp(gateway, client)
    gateway.clock.advance(-30)
    const confirmed = authenticator.code()

    const stepUp = await challenged(client, authenticator.factorId)
    expect(await guess(client, stepUp.id, confirmed)).toBe('CODE_INVALID')
    await client.send(SignOutDocument)
    const elsewhere = await pendingSignIn(gateway, email)
    const toSignIn = await challenged(elsewhere.client, authenticator.factorId)
    expect(await guess(elsewhere.client, toSignIn.id, confirmed)).toBe('CODE_INVALID')
    gateway.clock.advance(30)
    expect(await guess(elsewhere.client, toSignIn.id, authenticator.code())).toBe('PASSED')
  })

  it('R001 stays spent when the clock goes back', async () => {
    const { client, authenticator, email } = await withTotp(gateway)
    const first = await challenged(client, authenticator.factorId)
    const code = authenticator.code()
    expect(await guess(client, first.id, code)).toBe('PASSED')
    const again = await challenged(client, authenticator.factorId)
    gateway.clock.advance(-3600)
    expect(await guess(client, again.id, code)).toBe('CODE_INVALID')
    // A code that was never used counts, once.
    const earlier = authenticator.code()
    expect(await guess(client, again.id, earlier)).toBe('PASSED')
    const once = await challenged(client, authenticator.factorId)
    expect(await guess(client, once.id, earlier)).toBe('CODE_INVALID')
    gateway.clock.advance(3600)
    const later = await pendingSignIn(gateway, email)
    const signIn = await challenged(later.client, authenticator.factorId)
    expect(await guess(later.client, signIn.id, code)).toBe('CODE_INVALID')
  })
})
