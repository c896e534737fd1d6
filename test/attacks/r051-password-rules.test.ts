import { ChangePasswordDocument, SignInDocument, SignUpDocument } from '../../schema/generated/graphql.js'
import { objectToPassword } from '../../src/accounts/password-policy.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { registered, signIn } from '../support/person.js'

const RULES = { minLength: 15, maxBytes: 1024, serviceWords: ['stepgate', 'Harbour Bank'] }
const EMAIL = 'mira.lindqvist@example.com'

describe('R051 the rules for passwords', () => {
  it.each([
    ['14 characters', 'vextorplumquat', 'TOO_SHORT'],
    ['15 characters', 'vextorplumquats', null],
    ['15 letters outside the basic plane, 60 bytes', '𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎', null],
    ['14 letters that were 28 units of UTF-16', '𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍', 'TOO_SHORT'],
    ['8 letters, each with its accent apart', 'éàüöñçâê'.normalize('NFD'), 'TOO_SHORT'],
    ['64 characters', 'vextor plumquat '.repeat(4).slice(0, 63) + '!', null],
    ['1024 bytes', 'vextor plumquat '.repeat(64).slice(0, 1023) + '!', null],
    ['1025 bytes', 'vextor plumquat '.repeat(64) + '!', 'TOO_LONG'],
    ['only lower case', 'harvestmoonlantern', null],
    ['only digits, not a common row', '830175926416037', null],
    ['spaces inside', 'seven grey herons', null],
    ['every sign of ASCII', ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', null],
    ['letters of other scripts', 'пятнадцать уток летят', null],
    ['emoji', '🦆🌧️🥾🧭🪵🔥🫖🌲🦉🌙🏕️🎒🗺️🥾🪓', null],
  ])('accepts or refuses %s', (_, password, objection) => {
    expect(objectToPassword(RULES, password, EMAIL)).toBe(objection)
  })

  it('accepts eight characters only where a second factor is required', () => {
    expect(objectToPassword({ ...RULES, minLength: 8 }, 'plumquat', EMAIL)).toBeNull()
    expect(objectToPassword({ ...RULES, minLength: 8 }, 'plumqua', EMAIL)).toBe('TOO_SHORT')
  })
})

describe.each(STORES)('R051 passwords over HTTP, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  async function withPassword(password: string): Promise<string> {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const input = { currentPassword: 'a rather long passphrase', newPassword: password, revokeOthers: true }
    dataOf(await client.send(ChangePasswordDocument, { input }))
    return email
  }

  async function tryToSignIn(email: string, password: string): Promise<string | null> {
    return codeOf(await gateway.client().send(SignInDocument, { input: { email, password, transport: 'COOKIE' } }))
  }

  it('accepts é however the keyboard composes it, and no other accent', async () => {
    const email = await withPassword('le café près du canal'.normalize('NFC'))
    expect(await tryToSignIn(email, 'le café près du canal'.normalize('NFD'))).toBeNull()
    expect(await tryToSignIn(email, 'le café près du canal'.normalize('NFC'))).toBeNull()
    expect(await tryToSignIn(email, 'le cafe pres du canal')).toBe('UNAUTHENTICATED')
  })

  it('distinguishes two passwords of 80 bytes that differ at byte 73', async () => {
    const [first, second] = ['a', 'b'].map((mark) => 'vextor plumquat '.repeat(5).slice(0, 72) + mark + 'quarter')
    const email = await withPassword(first!)
    expect(Buffer.byteLength(first!)).toBe(80)
    expect(await tryToSignIn(email, second!)).toBe('UNAUTHENTICATED')
    expect(await tryToSignIn(email, first!)).toBeNull()
  })

  it('neither cuts nor trims', async () => {
    const email = await withPassword(' seven grey herons ')
    expect(await tryToSignIn(email, 'seven grey herons')).toBe('UNAUTHENTICATED')
    expect(await tryToSignIn(email, ' SEVEN grey herons ')).toBe('UNAUTHENTICATED')
    expect(await tryToSignIn(email, ' seven grey herons ')).toBeNull()
  })

  it('states the objection to a password, and for a wrong length only that', async () => {
    const client = gateway.client()
    const messages = new Map<string, string>()
    for (const [name, password] of [
      ['short', 'seven herons'],
      ['long', 'x y'.repeat(400)],
      ['common', 'passwordpassword'],
      ['own', 'new.person@example.com'],
    ] as const) {
      const refused = await client.send(SignUpDocument, { input: { email: 'new.person@example.com', password } })
      expect(refused).toMatchObject({ status: 400, errors: [{ extensions: { fields: ['password'] } }] })
      expect(codeOf(refused)).toBe('BAD_USER_INPUT')
      expect(refused.text).not.toContain(password)
      messages.set(name, refused.errors[0]?.message ?? '')
    }
    expect(new Set(messages.values()).size).toBe(4)
  })
})

describe.each(STORES)('R051 the longest password that a configuration allows, on the %s store', (store) => {
  it('signs in with it', async () => {
    const gateway = await startGateway({ store, env: { STEPGATE_PASSWORD_MAX_BYTES: '4096' } })
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const newPassword = 'vextor plumquat '.repeat(255) + 'and the rest'
    const input = { currentPassword: 'a rather long passphrase', newPassword, revokeOthers: true }
    dataOf(await client.send(ChangePasswordDocument, { input }))
    const { result } = await signIn(gateway, email, { password: newPassword })
    expect(result.__typename).toBe('SignedIn')
    await gateway.close()
  })
})
