import { lineText, nameText } from '../../src/kernel/text.js'

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
  ])('rejects %s', (_which, value) => {
    expect(text.safeParse(value).success).toBe(false)
  })

  it.each([
    ['an emoji of several', '👩‍💻 laptop'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hebrew', 'המחשב שלי'],
    ['accents put together', 'e\u0301'],
  ])('accepts %s', (_which, value) => {
    expect(text.parse(value)).toBe(value)
  })
})
