import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { challenged, eventsOf, guess, pendingSignIn, ROOMY, storedFactor } from '../support/answers.js'
import { beginSms, otherThan, withSms } from '../support/factors.js'
import { registered, signIn } from '../support/person.js'

const CALLS = 100

describe.each(STORES)('a hundred parallel answers to one text message, on the %s store', (store) => {
  let gateway: TestGateway
  let beside: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    // Only one process can use the embedded store; two processes share MongoDB.
    beside = store === 'mongodb' ? await startGateway({ beside: gateway }) : gateway
  })
  afterAll(async () => {
    if (beside !== gateway) await beside.close()
    await gateway.close()
  })

  const count = (verdicts: readonly string[], verdict: string): number =>
    verdicts.filter((each) => each === verdict).length

  function answers(client: Parameters<typeof guess>[0], id: string, codeOf: (nth: number) => string) {
    const callers = Array.from({ length: CALLS }, (_, nth) =>
      client.copy().at(nth % 2 === 0 ? gateway.url : beside.url),
    )
    return Promise.all(callers.map((each, nth) => guess(each, id, codeOf(nth))))
  }

  it('R003 pass once when they are right', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, telephone.factorId)
    const code = await telephone.code()
    expect(count(await answers(client, id, () => code), 'PASSED')).toBe(1)
    // One event activated the factor before, one comes from the race.
    expect(await eventsOf(gateway, email, 'challenge.passed')).toHaveLength(2)
  })

  it('R003 enrol once when they are right', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { telephone, challenge } = await beginSms(gateway, client)
    const code = await telephone.code()
    expect(count(await answers(client, challenge.id, () => code), 'PASSED')).toBe(1)
    expect(await eventsOf(gateway, email, 'factor.activated')).toHaveLength(1)
  })

  it('R020 get five wrong answers judged, and the right one comes too late', async () => {
    const { client, email, telephone } = await withSms(gateway)
    gateway.clock.advance(30)
    const { id } = await challenged(client, telephone.factorId)
    const code = await telephone.code()
    const verdicts = await answers(client, id, (nth) => otherThan(code, nth))
    expect(count(verdicts, 'CODE_INVALID')).toBe(5)
    expect(count(verdicts, 'PASSED')).toBe(0)
    expect(await eventsOf(gateway, email, 'challenge.failed')).toHaveLength(5)
    expect((await storedFactor(gateway, email, telephone.factorId)).consecutiveFailures).toBe(5)
    expect(await guess(client, id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
  })

  it('R001 never pass again, with the same challenge or with the next', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const { id } = await challenged(client, telephone.factorId)
    const code = await telephone.code()
    expect(await guess(client, id, code)).toBe('PASSED')
    expect(await guess(client, id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    const again = await pendingSignIn(gateway, email)
    const next = await challenged(again.client, telephone.factorId)
    expect(await guess(again.client, next.id, code)).toBe('CODE_INVALID')
  })
})
