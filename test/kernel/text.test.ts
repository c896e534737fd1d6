import { lineText, linesText, nameText, passwordText } from '../../src/kernel/text.js'

describe.each([
  ['a name', nameText],
  ['a line', lineText],
])('%s', (_what, text) => {
  it.each([
    ['a line break', 'a\nb'],
    ['an escape sequence', 'a\u001B[31mb'],
    ['a line separator', 'a\u2028b'],
    ['a right-to-left override', 'a\u202Egpj.exe'],
    ['a zero-width space', 'a\u200Bb'],
    ['a byte order mark inside', 'a\uFEFFb'],
    ['a soft hyphen', 'a\u00ADb'],
    ['half of a surrogate pair', 'a\uD83Db'],
    ['a tag character', 'a\u{E0041}b'],
    ['tags behind another emoji', '\u{1F600}\u{E0067}\u{E0062}\u{E007F}'],
    ['text that is not visible', '\u200D\u200E'],
  ])('rejects %s', (_which, value) => {
    expect(text.safeParse(value).success).toBe(false)
  })

  it.each([
    ['an emoji of several', '👩‍💻 laptop'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hebrew', 'המחשב שלי'],
    ['accents put together', 'e\u0301'],
    ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} phone'],
    ['a keycap, a skin tone and a family', '1️⃣ 👍🏽 👨‍👩‍👧‍👦'],
    ['Arabic with a mark of direction', 'هاتف \u200FA1'],
    ['an apostrophe and a hyphen', 'Zoë O’Brien-Łukasz Jr.'],
  ])('accepts %s', (_which, value) => {
    expect(text.parse(value)).toBe(value)
  })
})

describe('lines of text', () => {
  it.each([
    ['one line', '1 Main St', '1 Main St'],
    ['three lines', '1 Main St\nFlat 2\nDublin', '1 Main St\nFlat 2\nDublin'],
    ['line breaks of Windows', '1 Main St\r\nDublin', '1 Main St\nDublin'],
    ['line separators of Unicode', '1 Main St\u2028Dublin', '1 Main St\nDublin'],
    ['tabs', '1\tMain St', '1 Main St'],
  ])('accept %s', (_which, value, stored) => {
    expect(linesText.parse(value)).toBe(stored)
  })

  it.each([
    ['eleven lines', 'a\n'.repeat(10) + 'a'],
    ['501 characters', 'a'.repeat(501)],
    ['an escape sequence', 'a\u001B[31m'],
    ['a right-to-left override', 'a\n\u202Eb'],
    ['half of a surrogate pair', 'a\uD83D'],
    ['line breaks only', '\n\n'],
  ])('reject %s', (_which, value) => {
    expect(linesText.safeParse(value).success).toBe(false)
  })
})

describe('a password', () => {
  it.each(['correct horse battery staple', ' spaces around ', 'emoji 👩‍💻 and \u0000 controls', 'пароль из слов'])(
    'is any well-formed text: %j',
    (text) => {
      expect(passwordText.parse(text)).toBe(text)
    },
  )

  it.each(['half a pair \uD83D', '\uDE00 the other half', '\uDE00\uD83D the wrong way round'])(
    'is not well-formed: %j',
    (text) => {
      expect(passwordText.safeParse(text).success).toBe(false)
    },
  )
})
