import common from '@zxcvbn-ts/language-common'
import { SignUpDocument } from '../../schema/generated/graphql.js'
import { objectToPassword } from '../../src/accounts/password-policy.js'
import { codeOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'

const RULES = { minLength: 8, maxBytes: 1024, serviceWords: ['stepgate', 'Harbour Bank'] }
const EMAIL = 'mira.lindqvist@example.com'

const object = (password: string, minLength = 8) => objectToPassword({ ...RULES, minLength }, password, EMAIL)

describe('R052 passwords that attackers try first', () => {
  const list: readonly string[] = common.dictionary.passwords

  it('knows far more of them than the required 3,000', () => {
    expect(list.length).toBeGreaterThan(30_000)
  })

  it('refuses each of the first 3,000 that is long enough beside a second factor', () => {
    const long = list.filter((password) => [...password].length >= 8).slice(0, 3000)
    expect(long).toHaveLength(3000)
    expect(long.filter((password) => object(password) === null)).toEqual([])
  })

  it('refuses each of the list that is long enough by itself', () => {
    const long = list.filter((password) => [...password].length >= 15)
    expect(long.length).toBeGreaterThan(20)
    expect(long.filter((password) => object(password, 15) === null)).toEqual([])
  })

  it('refuses the first 3,000, whatever their length', () => {
    expect(list.slice(0, 3000).filter((password) => object(password, 15) === null)).toEqual([])
  })

  it.each([
    ['in capitals', 'PASSWORDPASSWORD'],
    ['a common one written three times', 'dragondragondragon'],
    ['one letter', 'aaaaaaaaaaaaaaaaaaaa'],
    ['three letters over and over', 'abcabcabcabcabcabc'],
    ['digits over and over', '123123123123123123'],
    ['the name of the service', 'Stepgate-2026!!!!!!'],
    ['the name of the service twice', 'stepgatestepgate'],
    ['a name of the service with a space', 'harbour bank 123456'],
  ])('refuses %s', (_, password) => {
    expect(object(password, 15)).toBe('TOO_COMMON')
  })

  it.each([
    ['the address', EMAIL],
    ['the address in capitals', EMAIL.toUpperCase()],
    ['the name before the @ with digits', 'mira.lindqvist1985'],
    ['the name before the @ twice', 'mira.lindqvist mira.lindqvist'],
  ])('refuses %s', (_, password) => {
    expect(object(password, 15)).toBe('CONTAINS_EMAIL')
  })

  it('accepts a passphrase that happens to contain one of these words', () => {
    expect(object('my dragon guards the stepgate at night', 15)).toBeNull()
  })

  it.each(STORES)(
    "applies the same rule to the installation's own service words, over HTTP, on the %s store",
    async (store) => {
      const gateway = await startGateway({ store, env: { STEPGATE_SERVICE_NAME: 'Harbour Bank' } })
      const input = { email: EMAIL, password: 'harbour bank 123456' }
      const refused = await gateway.client().send(SignUpDocument, { input })
      expect(codeOf(refused)).toBe('BAD_USER_INPUT')
      expect(refused.errors[0]?.extensions['messageId']).toBe('password.common')
      await gateway.close()
    },
  )
})
