import { SignInDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  challenged,
  guess,
  pendingSignIn,
  recoveryOption,
  storedFactor,
  storedPerson,
  wrongCode,
  wrongRecoveryCode,
} from '../support/answers.js'
import { PASSWORD, stepUp, withTotp } from '../support/person.js'

describe.each(STORES)("another caller's failures, on the %s store", (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '100000/3600', STEPGATE_TRUSTED_PROXIES: 'loopback' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  const from = (address: string) => gateway.client({ headers: { 'x-forwarded-for': address } })

  it('R018 wrong passwords from outside lock neither the factor nor the account at another address', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const outsider = from('203.0.113.66')
    const codes: (string | null)[] = []
    for (let nth = 0; nth < 60; nth++) {
      codes.push(
        codeOf(await outsider.send(SignInDocument, { input: { email, password: `wrong guess number ${nth}` } })),
      )
    }
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(50)
    const person = await storedPerson(gateway, email)
    expect(person.stepUpBudget.failures).toBe(0)
    expect(Object.values(person.factors).map(({ consecutiveFailures }) => consecutiveFailures)).toEqual([0, 0])

    const owner = from('198.51.100.7')
    const { signIn } = dataOf(await owner.send(SignInDocument, { input: { email, password: PASSWORD } }))
    expect(signIn.__typename).toBe('MfaRequired')
    const challenge = await challenged(owner, authenticator.factorId)
    expect(await guess(owner, challenge.id, authenticator.code())).toBe('PASSED')
  }, 60_000)

  it('R018 wrong codes do not count as wrong passwords', async () => {
    const { email, authenticator } = await withTotp(gateway)
    for (let round = 0; round < 2; round++) {
      const { client } = await pendingSignIn(gateway, email)
      const challenge = await challenged(client, authenticator.factorId)
      for (let nth = 0; nth < 5; nth++) await guess(client, challenge.id, wrongCode(authenticator, gateway, nth))
    }
    const again = await gateway.client().send(SignInDocument, { input: { email, password: PASSWORD } })
    expect(dataOf(again).signIn.__typename).toBe('MfaRequired')
  })

  it('R019 a right answer resets the counter of its own factor only', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client, stepUp: asked } = await pendingSignIn(gateway, email)
    const recovery = recoveryOption(asked)
    for (const factorId of [recovery, authenticator.factorId]) {
      const challenge = await challenged(client, factorId)
      const wrong = (nth: number): string =>
        factorId === recovery ? wrongRecoveryCode(nth) : wrongCode(authenticator, gateway, nth)
      for (let nth = 0; nth < 2; nth++) await guess(client, challenge.id, wrong(nth))
    }
    await stepUp(gateway, client, authenticator)
    expect((await storedFactor(gateway, email, authenticator.factorId)).consecutiveFailures).toBe(0)
    expect((await storedFactor(gateway, email, recovery)).consecutiveFailures).toBe(2)
    // It does not buy new guesses at the other factor either: the account remembers all four.
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(4)
  })
})
