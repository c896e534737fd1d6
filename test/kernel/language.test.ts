import { mailLanguage, preferredLanguage } from '../../src/kernel/language.js'

describe('the language of an answer', () => {
  it.each([
    ['one range', 'de', 'de'],
    ['a range with a region', 'de-AT', 'de'],
    ['upper case', 'DE-at', 'de'],
    ['the first of equal ranges', 'de, en', 'de'],
    ['the range with the highest q-value', 'en;q=0.5, de;q=0.9', 'de'],
    ['a range without a q-value before one with', 'en;q=0.9, de', 'de'],
    ['the next range when nothing is written in the first', 'gsw, de;q=0.9, en;q=0.8', 'de'],
    ['the next range when the first has a region', 'de-AT, fr;q=0.9', 'de'],
    ['spaces and tabs around the parts', ' fr ;\tq=1.0 , de ; q=0.5 ', 'de'],
    ['a script and a region', 'de-Latn-CH-1996', 'de'],
    ['a range for everything', '*', 'en'],
    ['a range for everything after one that is not available', 'fr, *;q=0.5', 'en'],
    ['a range for everything but a language that is named with less', '*;q=0.5, en;q=0.2', 'de'],
    ['a range for everything but a refused language', '*, en;q=0', 'de'],
    ['a range with a region whose language is refused', 'de-AT, de;q=0, en;q=0.1', 'en'],
    ['a language whose one region is refused', 'de-AT;q=0, de', 'de'],
  ])('follows %s', (_, header, language) => {
    expect(preferredLanguage(header, ['en', 'de'])).toBe(language)
  })

  it.each([
    ['no header', ''],
    ['a language that nothing is written in', 'fr-CA, fr;q=0.8'],
    ['a refused language', 'de;q=0'],
    ['a q-value above one', 'de;q=1.5'],
    ['a q-value with four digits', 'de;q=0.1234'],
    ['another parameter', 'de;level=1'],
    ['something that is no language', 'de_AT, <script>, ;q=1, ,,'],
    ['a longer word that begins with a language', 'deutsch'],
    ['a name of an object', 'constructor, __proto__'],
  ])('is left to the caller for %s', (_, header) => {
    expect(preferredLanguage(header, ['en', 'de'])).toBeNull()
  })

  it('compares whole tags where a region is available', () => {
    expect(preferredLanguage('pt-BR, pt;q=0.5', ['pt', 'pt-BR'])).toBe('pt-BR')
    expect(preferredLanguage('zh-Hant-x-private', ['zh-Hant'])).toBe('zh-Hant')
  })

  it('takes no longer for a hostile header', () => {
    const began = performance.now()
    expect(preferredLanguage('a-'.repeat(8_000), ['en', 'de'])).toBeNull()
    expect(preferredLanguage('de;q=0,'.repeat(2_000), ['en', 'de'])).toBeNull()
    expect(preferredLanguage(`de${' '.repeat(16_000)}x`, ['en', 'de'])).toBeNull()
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe("the language stored for an account's mails", () => {
  it('is the preferred one of those that mails are written in', () => {
    expect(mailLanguage('gsw, de;q=0.9, en;q=0.8', ['en', 'de'])).toBe('de')
  })

  it("is the browser's first choice when mails are written in none of them, for later templates", () => {
    expect(mailLanguage('es;q=0.5, fr-CA', ['en', 'de'])).toBe('fr')
  })

  it.each([['*'], [''], ['i-klingon'], ['fr;q=0']])('is the language of the installation for `%s`', (header) => {
    expect(mailLanguage(header, [])).toBeNull()
  })
})
