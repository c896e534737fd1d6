import { SignUpDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { parseEmailAddress } from '../../src/accounts/index.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { PASSWORD, registered, signIn } from '../support/person.js'

describe('R060 e-mail addresses are normalised once, before anything reads them', () => {
  it.each([
    ['plain', 'mira@example.com', 'mira@example.com'],
    ['capitals', 'Mira@Example.COM', 'mira@example.com'],
    ['full-width letters', 'ｍｉｒａ@example.com', 'mira@example.com'],
    ['a full-width at sign', 'mira＠example.com', 'mira@example.com'],
    ['a small at sign', 'mira﹫example.com', 'mira@example.com'],
    ['a ligature', 'ﬁre@example.com', 'fire@example.com'],
    ['a Kelvin sign', '\u212Bira@example.com'.replace('\u212B', '\u212A'), 'kira@example.com'],
    ['spaces around', '  mira@example.com\t', 'mira@example.com'],
    ['marks of direction around, as copied', '\u202Amira@example.com\u202C', 'mira@example.com'],
    ['a zero-width space and a byte order mark around', '\uFEFFmira@example.com\u200B', 'mira@example.com'],
    ['a tag, which is another account for us', 'mira+shop@example.com', 'mira+shop@example.com'],
    ['a domain of letters beyond ASCII', 'mira@bücher.example', 'mira@xn--bcher-kva.example'],
    ['the same domain composed otherwise', 'mira@bu\u0308cher.example', 'mira@xn--bcher-kva.example'],
    ['the marks that HTML forms accept', "m&i/r=a~!#$%'*?^_`{|}@example.com", "m&i/r=a~!#$%'*?^_`{|}@example.com"],
    ['a top-level domain of letters beyond ASCII', 'mira@例え.テスト', 'mira@xn--r8jz45g.xn--zckzah'],
    ['punycode', 'mira@xn--r8jz45g.xn--zckzah', 'mira@xn--r8jz45g.xn--zckzah'],
    ['64 characters before the at sign', `${'m'.repeat(64)}@example.com`, `${'m'.repeat(64)}@example.com`],
    ['an ideographic full stop', 'mira@example。com', 'mira@example.com'],
  ])('accepts %s', (_, text, key) => {
    expect(parseEmailAddress(text)?.key).toBe(key)
  })

  it.each([
    ['two at signs, one of them full-width', 'victim@evil.com＠good.com'],
    ['two at signs', 'victim@evil.com@good.com'],
    ['a small at sign and another', 'victim﹫evil.com@good.com'],
    ['a quoted at sign', '"victim@evil.com"@good.com'],
    ['a line break and a header', 'mira@example.com\r\nBcc: all@example.com'],
    ['a NUL', 'mira\u0000@example.com'],
    ['an escaped NUL in the domain', 'mira@example\u0000.com'],
    ['a zero-width space', 'mi\u200Bra@example.com'],
    ['a right-to-left override', 'mira\u202E@example.com'],
    ['Cyrillic letters that look Latin', 'mirа@example.com'],
    ['a comma, and another address', 'mira@example.com,all@example.com'],
    ['a display name', 'Mira <mira@example.com>'],
    ['a comment', 'mira(comment)@example.com'],
    ['no domain', 'mira@'],
    ['no name', '@example.com'],
    ['a domain without a dot', 'mira@localhost'],
    ['an address for a domain', 'mira@[127.0.0.1]'],
    ['two dots', 'mira..l@example.com'],
    ['a lone surrogate', 'mira\uD800@example.com'],
    ['a percent escape', 'mira%40evil.com@@example.com'],
    ['a percent escape in the domain', 'mira@ex%61mple.com'],
    ['a path behind the domain', 'mira@example.com/evil.example'],
    ['a query behind the domain', 'mira@example.com?evil.example'],
    ['a fragment behind the domain', 'mira@example.com#evil.example'],
    ['a port', 'mira@example.com:25'],
    ['a backslash', 'mira@example.com\\evil.example'],
    ['a tab inside the domain', 'mira@exam\tple.com'],
    ['a line break inside the domain', 'mira@exam\nple.com'],
    ['a dot at the end', 'mira@example.com.'],
    ['an object', '{"$gt":""}'],
    ['nothing', ''],
    ['65 characters before the at sign', `${'m'.repeat(65)}@example.com`],
    ['a label of 64 characters', `mira@${'e'.repeat(64)}.com`],
    ['a dot at the beginning', '.mira@example.com'],
    ['a dot before the at sign', 'mira.@example.com'],
    ['a number as top-level domain', 'mira@127.0.0.1'],
    ['255 characters in ASCII', `mira@${'ü'.repeat(30)}.${'a.'.repeat(105)}example`],
    ['255 characters', `${'m'.repeat(243)}@example.com`],
  ])('refuses %s', (_, text) => {
    expect(parseEmailAddress(text)).toBeNull()
  })

  it('never turns one address into another when it is normalised again', () => {
    for (const text of ['Mira＠Example.com', 'ﬁre@bücher.example', 'ｍｉｒａ@example.com']) {
      const once = parseEmailAddress(text)
      expect(parseEmailAddress(once?.key ?? '')?.key).toBe(once?.key)
      expect(parseEmailAddress(once?.written ?? '')?.key).toBe(once?.key)
    }
  })

  it.each(STORES)(
    'creates one account for every spelling, and lets all of them sign in, on the %s store',
    async (store) => {
      const gateway = await startGateway({ store })
      await registered(gateway, 'mira@example.com')
      for (const email of ['MIRA@EXAMPLE.COM', 'mira＠example.com', ' ｍｉｒａ@example.com ']) {
        dataOf(await gateway.client().send(SignUpDocument, { input: { email, password: PASSWORD } }))
        expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
      }
      const mails = await gateway.mailTo('mira@example.com')
      expect(mails.filter(({ text }) => text.includes('/confirm#token='))).toHaveLength(1)
      await gateway.close()
    },
  )

  it.each(STORES)('sends no mail for an address that would reach two mailboxes, on the %s store', async (store) => {
    const gateway = await startGateway({ store })
    const refused = await gateway
      .client()
      .send(SignUpDocument, { input: { email: 'victim@evil.com＠good.com', password: PASSWORD } })
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
    const nothing = await gateway.client().send(VerifyEmailDocument, { input: { token: 'x' } })
    expect(codeOf(nothing)).toBe('BAD_USER_INPUT')
    expect(await gateway.mailTo('good.com')).toEqual([])
    await gateway.close()
  })
})
