import { MyFactorsDocument, RegenerateRecoveryCodesDocument } from '../../schema/generated/graphql.js'
import { dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { challenged, eventsOf, guess, pendingSignIn, recoveryOption, ROOMY, storedPerson } from '../support/answers.js'
import { withTotp, type PersonWithFactor } from '../support/person.js'

describe.each(STORES)('recovery codes, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_CHALLENGE_ATTEMPTS: '10', STEPGATE_STEP_UP_LIMIT: '1000/900' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  const signInWith = async ({ email }: PersonWithFactor, code: string) => {
    const { client, stepUp } = await pendingSignIn(gateway, email)
    const challenge = await challenged(client, recoveryOption(stepUp))
    return { client, verdict: await guess(client, challenge.id, code) }
  }
  const recoveryFactorOf = async ({ email }: PersonWithFactor) =>
    Object.values((await storedPerson(gateway, email)).factors).find(({ type }) => type === 'RECOVERY_CODE')!

  it('R036 work once, and the person is told how many are left', async () => {
    const person = await withTotp(gateway)
    const code = person.recoveryCodes[0] ?? ''
    const first = await signInWith(person, code)
    expect(first.verdict).toBe('PASSED')
    const { myFactors } = dataOf(await first.client.send(MyFactorsDocument))
    expect(myFactors.find(({ type }) => type === 'RECOVERY_CODE')?.codesLeft).toBe(9)
    expect(await eventsOf(gateway, person.email, 'recovery_code.used')).toMatchObject([{ metadata: { codesLeft: 9 } }])
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', '')]) {
      expect((await signInWith(person, typed)).verdict).toBe('CODE_INVALID')
    }
    expect((await signInWith(person, person.recoveryCodes[1] ?? '')).verdict).toBe('PASSED')
  })

  it('R036 work for exactly one of 50 parallel uses, and one is used up', async () => {
    const person = await withTotp(gateway)
    const asked: { client: PersonWithFactor['client']; id: string }[] = []
    for (let session = 0; session < 5; session++) {
      const { client, stepUp } = await pendingSignIn(gateway, person.email)
      asked.push({ client, id: (await challenged(client, recoveryOption(stepUp))).id })
    }
    const code = person.recoveryCodes[5] ?? ''
    const uses = Array.from({ length: 50 }, (_, nth) => asked[nth % asked.length]!)
    const verdicts = await Promise.all(uses.map(({ client, id }) => guess(client.copy(), id, code)))
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
    expect(Object.keys((await recoveryFactorOf(person)).material['codes'] ?? {})).toHaveLength(9)
    expect(await eventsOf(gateway, person.email, 'recovery_code.used')).toHaveLength(1)
  }, 60_000)

  it('R037 all become invalid when new ones are made', async () => {
    const person = await withTotp(gateway)
    const made = dataOf(await person.client.send(RegenerateRecoveryCodesDocument)).regenerateRecoveryCodes
    expect(new Set([...made.recoveryCodes, ...person.recoveryCodes]).size).toBe(20)
    const { client, stepUp } = await pendingSignIn(gateway, person.email)
    const challenge = await challenged(client, recoveryOption(stepUp))
    for (const old of person.recoveryCodes.slice(0, 9)) {
      expect(await guess(client, challenge.id, old)).toBe('CODE_INVALID')
    }
    expect(await guess(client, challenge.id, made.recoveryCodes[0] ?? '')).toBe('PASSED')
  })

  it('R037 leave one set when two are made at the same moment', async () => {
    const person = await withTotp(gateway)
    const made = await Promise.all(
      Array.from({ length: 5 }, () => person.client.copy().send(RegenerateRecoveryCodesDocument)),
    )
    const sets = made.map((answer) => dataOf(answer).regenerateRecoveryCodes.recoveryCodes)
    const { factors } = await storedPerson(gateway, person.email)
    expect(Object.values(factors).filter(({ type }) => type === 'RECOVERY_CODE')).toHaveLength(1)
    const verdicts = []
    for (const set of sets) verdicts.push((await signInWith(person, set[0] ?? '')).verdict)
    expect(verdicts.filter((verdict) => verdict === 'PASSED')).toHaveLength(1)
  }, 60_000)

  it('R035 are stored only as salted hashes', async () => {
    const person = await withTotp(gateway)
    const { material } = await recoveryFactorOf(person)
    expect(Object.keys(material)).toEqual(['codes'])
    const hashes = Object.values(material['codes'] ?? {})
    expect(hashes).toHaveLength(10)
    for (const hash of hashes) expect(hash).toMatch(/^[\w-]{22}\.[\w-]{22}$/)
    expect(new Set(hashes.map((hash) => String(hash).split('.')[0])).size).toBe(10)
  })
})
