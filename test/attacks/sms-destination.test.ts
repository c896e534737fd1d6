import { ChallengeFactorDocument, EnrollFactorDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { challenged, guess, pendingSignIn, ROOMY, storedFactor } from '../support/answers.js'
import { beginSms, newNumber, textsTo, withSms } from '../support/factors.js'
import { registered, signIn } from '../support/person.js'

/** Field names under which other products take or took a number. */
const FIELDS = [
  'phoneNumber',
  'phone',
  'phone_number',
  'number',
  'to',
  'To',
  'destination',
  'recipient',
  'contact',
  'userContext',
  'hint',
  'material',
  'sealedNumber',
  'channel',
  'resendTo',
  'emailAddress',
]
const HEADERS = ['x-phone-number', 'x-to', 'to', 'x-destination', 'rid', 'x-forwarded-to', 'x-stepgate-phone', 'from']

describe.each(STORES)('an attacker with the password but not the telephone, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_SMS_LIMIT_NUMBER: '1000/3600', STEPGATE_SMS_LIMIT_ACCOUNT: '1000/3600' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  it.each(FIELDS)('cannot have the code sent elsewhere by a field `%s`', async (field) => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const evil = newNumber()
    const input = { factorId: telephone.factorId, [field]: evil }
    const asVariable = await client.send(ChallengeFactorDocument, { input })
    expect(codeOf(asVariable)).toBe('BAD_USER_INPUT')
    const literal = `{ factorId: "${telephone.factorId}", ${field}: "${evil}" }`
    const asLiteral = await client.send(`mutation { challengeFactor(input: ${literal}) { id } }`)
    expect(codeOf(asLiteral)).toBe('GRAPHQL_VALIDATION_FAILED')
    const beside = `mutation { challengeFactor(input: { factorId: "${telephone.factorId}" }, ${field}: "${evil}") { id } }`
    expect(codeOf(await client.send(beside))).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await textsTo(gateway, evil)).toEqual([])
    expect(await textsTo(gateway, telephone.number)).toHaveLength(1)
  })

  it('cannot have it sent elsewhere by a header, a query parameter or a member of the body', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const evil = newNumber()
    const headers = Object.fromEntries(HEADERS.map((name) => [name, evil]))
    const body = JSON.stringify({
      query: ChallengeFactorDocument.toString(),
      variables: { input: { factorId: telephone.factorId }, phoneNumber: evil, to: evil },
      extensions: { phoneNumber: evil, to: evil },
    })
    const answer = await client.post(body, headers)
    expect(codeOf(answer)).toBeNull()
    expect(await textsTo(gateway, evil)).toEqual([])
    expect(await textsTo(gateway, telephone.number)).toHaveLength(2)
  })

  it('cannot replace the owner’s number with their own while the sign-in waits', async () => {
    const { email, telephone } = await withSms(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const evil = newNumber()
    for (const replaces of [undefined, telephone.factorId]) {
      const input = { type: 'SMS', phoneNumber: evil, ...(replaces ? { replaces } : {}) } as const
      expect(codeOf(await client.send(EnrollFactorDocument, { input }))).toBe('MFA_REQUIRED')
    }
    expect(await textsTo(gateway, evil)).toEqual([])
    const { hint } = await storedFactor(gateway, email, telephone.factorId)
    expect(hint).toBe(`+1 ••• ••${telephone.number.slice(-2)}`)
  })

  it('cannot answer with a code sent to another telephone, for another account or another factor', async () => {
    const [mine, theirs] = [await withSms(gateway), await withSms(gateway)]
    const attacker = await pendingSignIn(gateway, theirs.email)
    const victim = await challenged(attacker.client, theirs.telephone.factorId)
    const own = await pendingSignIn(gateway, mine.email)
    const owned = await challenged(own.client, mine.telephone.factorId)
    const code = await mine.telephone.code()
    expect(await guess(attacker.client, victim.id, code)).toBe('CODE_INVALID')
    expect(await guess(attacker.client, owned.id, code)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(codeOf(await attacker.client.send(ChallengeFactorDocument, factor(mine.telephone.factorId)))).toBe(
      'BAD_USER_INPUT',
    )
    expect(await guess(own.client, owned.id, code)).toBe('PASSED')
  })

  it('cannot use the code of an enrolment, or of another session, at sign-in', async () => {
    const { email, client, telephone } = await withSms(gateway)
    const begun = await beginSms(gateway, client)
    const enrollmentCode = await begun.telephone.code()
    gateway.clock.advance(30)
    const first = await pendingSignIn(gateway, email)
    const second = await pendingSignIn(gateway, email)
    const asked = await challenged(first.client, telephone.factorId)
    const firstCode = await telephone.code()
    const other = await challenged(second.client, telephone.factorId)
    expect(await guess(second.client, other.id, enrollmentCode)).toBe('CODE_INVALID')
    expect(await guess(second.client, other.id, firstCode)).toBe('CODE_INVALID')
    expect(await guess(second.client, asked.id, firstCode)).toBe('CHALLENGE_NOT_AVAILABLE')
    expect(await guess(first.client, asked.id, firstCode)).toBe('PASSED')
  })

  it('R041 gets nothing sent to a number that is not proved', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { telephone } = await beginSms(gateway, client)
    gateway.clock.advance(3600)
    const elsewhere = await signIn(gateway, email)
    expect(elsewhere.result.__typename).toBe('SignedIn')
    for (const each of [elsewhere.client, await fresh(email)]) {
      expect(codeOf(await each.send(ChallengeFactorDocument, factor(telephone.factorId)))).toBe('BAD_USER_INPUT')
    }
    expect(await textsTo(gateway, telephone.number)).toHaveLength(1)
  })

  it('R041 cannot replace the old number before the new one is proved', async () => {
    const { email, client, telephone: old } = await withSms(gateway)
    const { telephone, challenge } = await beginSms(gateway, client, newNumber(), old.factorId)

    const before = await pendingSignIn(gateway, email)
    expect(before.stepUp.challenge.map(({ factorId }) => factorId)).not.toContain(telephone.factorId)
    const asked = await challenged(before.client, old.factorId)
    expect(await guess(before.client, asked.id, await old.code())).toBe('PASSED')

    expect(await guess(client, challenge.id, await telephone.code())).toBe('PASSED')
    const after = await pendingSignIn(gateway, email)
    const offered = after.stepUp.challenge.filter(({ type }) => type === 'SMS').map(({ factorId }) => factorId)
    expect(offered).toEqual([telephone.factorId])
    const count = (await textsTo(gateway, old.number)).length
    expect(codeOf(await after.client.send(ChallengeFactorDocument, factor(old.factorId)))).toBe('BAD_USER_INPUT')
    expect(await textsTo(gateway, old.number)).toHaveLength(count)
    const next = await challenged(after.client, telephone.factorId)
    expect(await guess(after.client, next.id, await telephone.code())).toBe('PASSED')
  })

  it('R041 cannot enrol a number the account already has, in any spelling', async () => {
    const { client, telephone } = await withSms(gateway)
    const written = telephone.number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')
    const input = { type: 'SMS', phoneNumber: written } as const
    const refused = await client.send(EnrollFactorDocument, { input })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['phoneNumber'] })
    expect(await textsTo(gateway, telephone.number)).toHaveLength(1)
    // The owner may prove it again, as its own replacement.
    dataOf(await client.send(EnrollFactorDocument, { input: { ...input, replaces: telephone.factorId } }))
  })

  const factor = (factorId: string) => ({ input: { factorId } })
  const fresh = async (email: string): Promise<Client> => (await signIn(gateway, email)).client
})
