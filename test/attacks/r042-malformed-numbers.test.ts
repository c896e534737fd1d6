import { EnrollFactorDocument } from '../../schema/generated/graphql.js'
import type { Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { registered, signIn } from '../support/person.js'

const MALFORMED: readonly (readonly [string, unknown])[] = [
  ['nothing', ''],
  ['null', null],
  ['a space', ' '],
  ['a plus', '+'],
  ['two pluses', '++12025550123'],
  ['a plus at its end', '12025550123+'],
  ['a minus', '-12025550123'],
  ['no country', '2025550123'],
  ['the international prefix of another country', '0012025550123'],
  ['letters', 'call me'],
  ['letters behind it', '+12025550123abc'],
  ['letters that stand for digits', '+1-202-CALL-NOW'],
  ['letters before it', 'tel +12025550123'],
  ['a tel: address without a plus', 'tel:2025550123'],
  ['two tel: addresses', 'tel:tel:+12025550123'],
  ['a tel: address with a context', 'tel:5550123;phone-context=+1202'],
  ['an sms: address', 'sms:+12025550123?body=hi'],
  ['an extension', '+12025550123 ext. 5'],
  ['an extension as x', '+12025550123x5'],
  ['an extension as #', '+12025550123#5'],
  ['an extension of RFC 3966', '+12025550123;ext=5'],
  ['a context of RFC 3966', '2025550123;phone-context=+1'],
  ['tones', '+12025550123,,5'],
  ['a service code', '*100#'],
  ['a call forwarding', '**21*+12025550123#'],
  ['two numbers', '+12025550123,+12025550124'],
  ['two numbers apart', '+12025550123 +12025550124'],
  ['a line break behind it, and a header', '+12025550123\r\nTo: +12025550124'],
  ['a line break inside', '+1202555\n0123'],
  ['a tab', '+1\t2025550123'],
  ['a NUL', '+12025550123\u0000'],
  ['an emoji', '📱'],
  ['keycap emoji', '1️⃣2️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣2️⃣3️⃣'],
  ['a lone surrogate', '+1202555012\ud835'],
  ['a percent escape', '%2B12025550123'],
  ['an exponent', '+1e11'],
  ['hexadecimal', '0x2CB417800'],
  ['too few digits', '+1202555012'],
  ['too many digits', '+1202555012345'],
  ['five thousand digits', '+1' + '2'.repeat(5000)],
  ['sixty-four digits', '+' + '1'.repeat(63)],
  ['zeros', '+00000000000'],
  ['an emergency number', '911'],
  ['a short code', '12345'],
  ['a landline', '+442071838750'],
  ['a premium number', '+19005550123'],
  ['a toll-free number', '+18005550123'],
  ['a satellite', '+881612345678'],
  ['an e-mail address', 'ada@example.com'],
  ['an operator as text', '{"$gt":""}'],
  ['an operator', { $gt: '' }],
  ['a list', ['+12025550123']],
  ['a number', 12025550123],
  ['true', true],
]

describe.each(STORES)('R042 an invalid phone number, on the %s store', (store) => {
  let gateway: TestGateway
  let client: Client
  let email: string
  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    email = await registered(gateway)
    client = (await signIn(gateway, email)).client
  })
  afterAll(() => gateway.close())

  it.each(MALFORMED)('is refused, changes nothing and sends nothing: %s', async (_, phoneNumber) => {
    const before = await storedPerson(gateway, email)
    const refused = await client.post(
      JSON.stringify({ query: EnrollFactorDocument.toString(), variables: { input: { type: 'SMS', phoneNumber } } }),
    )
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
    const fields = refused.errors[0]?.extensions['fields']
    // The type already refuses a value that is not text.
    if (phoneNumber === null || typeof phoneNumber === 'string') expect(fields).toEqual(['phoneNumber'])
    if (typeof phoneNumber === 'string' && phoneNumber.trim().length > 2) {
      expect(refused.text).not.toContain(phoneNumber.slice(0, 64))
    }
    const after = await storedPerson(gateway, email)
    expect([after.enrollments, after.factors]).toEqual([before.enrollments, before.factors])
    expect(await textsSent()).toBe(0)
  })

  it('is refused when it is left out', async () => {
    const refused = await client.send(EnrollFactorDocument, { input: { type: 'SMS' } })
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['phoneNumber'] })
  })

  async function textsSent(): Promise<number> {
    const response = await fetch(`${gateway.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly { channel: string }[] }
    return messages.filter(({ channel }) => channel === 'sms').length
  }
})
