import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import {
  challenged,
  eventsOf,
  pendingSignIn,
  ROOMY,
  sendCode,
  storedFactor,
  storedPerson,
  verdictOf,
  wrongCode,
} from '../support/answers.js'
import { withTotp } from '../support/person.js'

const GUESSES = 300

describe.each(STORES)('a burst of guesses, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  it(`R020 gets five of ${GUESSES} parallel wrong codes judged, and each of the five gets a different number of attempts left`, async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    const codes = Array.from({ length: GUESSES }, (_, nth) => wrongCode(authenticator, gateway, nth))
    const answers = await Promise.all(codes.map((code) => sendCode(client.copy(), challenge.id, code)))

    const verdicts = answers.map(verdictOf)
    expect(verdicts.filter((verdict) => verdict === 'CODE_INVALID')).toHaveLength(5)
    expect(verdicts.filter((verdict) => verdict === 'CHALLENGE_NOT_AVAILABLE')).toHaveLength(GUESSES - 5)
    const told = answers.flatMap(({ data }) => {
      const result = data?.verifyChallenge
      return result?.__typename === 'ChallengeFailed' && result.attemptsLeft !== null ? [result.attemptsLeft] : []
    })
    expect(told.sort()).toEqual([0, 1, 2, 3, 4])
    // Every judged code leaves an event, so these are all of them.
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(5)
    expect((await storedFactor(gateway, email, authenticator.factorId)).consecutiveFailures).toBe(5)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(5)
  }, 60_000)

  it('R020 gets ten judged when it is spread across many sign-ins of one account', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const pending = []
    for (let nth = 0; nth < 6; nth++) pending.push((await pendingSignIn(gateway, email)).client)
    const asked = await Promise.all(
      pending.map(async (client) => ({ client, id: (await challenged(client, authenticator.factorId)).id })),
    )
    const verdicts = await Promise.all(
      Array.from({ length: GUESSES }, async (_, nth) => {
        const { client, id } = asked[nth % asked.length]!
        return verdictOf(await sendCode(client.copy(), id, wrongCode(authenticator, gateway, nth)))
      }),
    )
    expect(verdicts.filter((verdict) => verdict === 'CODE_INVALID')).toHaveLength(10)
    expect(verdicts).not.toContain('PASSED')
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(10)
    expect((await storedFactor(gateway, email, authenticator.factorId)).consecutiveFailures).toBe(10)
    expect((await storedPerson(gateway, email)).stepUpBudget.lockedUntil).not.toBeNull()
  }, 60_000)
})
