import { createMessages, readTemplates, TemplateError } from '../../src/messages/index.js'
import { MESSAGES, type MessageName, type Messages, type MessageValues } from '../../src/kernel/messages.js'
import { templateFolder } from './folders.js'

const VALUES: MessageValues = {
  code: '123456',
  minutes: 10,
  link: 'https://id.example.com/not-me#token=k1.abc.def',
  lifetime: { seconds: 86_400 },
  time: new Date('2026-03-01T09:05:00Z'),
  device: { browser: 'Firefox', system: 'Linux' },
  place: { country: 'DE' },
  address: '203.0.113.7',
  factor: 'Phone',
  replaced: 'Old phone',
  codesLeft: 4,
  agent: 'Chrome on Windows',
  country: 'JP',
}

const SETTINGS = { service: 'Example Bank', language: 'en' }

/** Messages with the operator’s templates. */
async function withFiles(files: Readonly<Record<string, string | Buffer>>, language = 'en'): Promise<Messages> {
  const folder = await templateFolder(files)
  try {
    return createMessages({ ...SETTINGS, language }, await readTemplates(folder.directory))
  } finally {
    await folder.remove()
  }
}

/** The mistakes in templates, one line each. */
async function mistakesOf(files: Readonly<Record<string, string | Buffer>>): Promise<readonly string[]> {
  const error: unknown = await withFiles(files).catch((thrown: unknown) => thrown)
  if (!(error instanceof TemplateError)) throw new Error('the templates were taken')
  return error.mistakes.map(({ file, says }) => `${file} ${says}`)
}

describe('built-in templates', () => {
  const messages = createMessages(SETTINGS)

  it.each(MESSAGES.flatMap((name) => ['en', 'de'].map((language) => [name, language] as const)))(
    '%s is written in %s with every gap filled',
    (name, language) => {
      const { subject, text, html } = messages.render(name, language, VALUES)
      expect(`${subject}${text}${html}`).not.toMatch(/\{\{|\}\}|undefined|null|NaN|\[object/)
      if (name === 'sms-code') return expect({ subject, html }).toEqual({ subject: '', html: '' })
      expect(subject).toMatch(/^\S.{10,90}$/)
      expect(subject).toContain('Example Bank')
      expect(html).toContain(`<html lang="${language}"`)
      expect(html).not.toMatch(/<(?:img|script|style|link|iframe|form|svg)\b|@import|url\(|src=/i)
    },
  )

  it('write time, place and device in the language of the message', () => {
    const english = messages.render('new-device', 'en', VALUES).text
    expect(english).toContain('Time: Sunday, March 1, 2026 at 9:05 AM UTC')
    expect(english).toContain('Device: Firefox on Linux\nLocation: Germany\nIP address: 203.0.113.7')
    const german = messages.render('new-device', 'de', VALUES).text
    expect(german).toContain('Zeit: Sonntag, 1. März 2026 um 09:05 UTC')
    expect(german).toContain('Gerät: Firefox unter Linux\nOrt: Deutschland\nIP-Adresse: 203.0.113.7')
  })

  it('say that place and device are unknown', () => {
    const unknown = { ...VALUES, device: { browser: null, system: null }, place: { country: null }, address: 'unknown' }
    const { text } = messages.render('new-device', 'en', unknown)
    expect(text).toContain('Device: unknown device\nLocation: unknown\nIP address: unknown')
  })

  it('name the origin of a denied prompt, or say that it is unknown', () => {
    expect(messages.render('push-denied', 'de', VALUES).text).toContain(
      'Angefragt von: Chrome on Windows\nAngefragt aus: Japan',
    )
    expect(messages.render('push-denied', 'en', { ...VALUES, country: '' }).text).toContain('Requested from: unknown')
  })

  it('show a code in large type and a link as a button', () => {
    expect(messages.render('email-code', 'en', VALUES).html).toMatch(/<p style="[^"]*monospace[^"]*">123456<\/p>/)
    expect(messages.render('confirm-sign-up', 'en', VALUES).html).toMatch(
      /<a href="[^"]+"[^>]*>Confirm this address<\/a>/,
    )
  })
})

describe('the language of a message', () => {
  it.each([
    ['the person’s', 'de', 'en', 'Falsche Codes'],
    ['the installation’s when the person has none', null, 'de', 'Falsche Codes'],
    ['the installation’s when there is none in the person’s', 'fr', 'de', 'Falsche Codes'],
  ])('is %s', (_, person, language, expected) => {
    const { subject } = createMessages({ ...SETTINGS, language }).render('wrong-codes', person, VALUES)
    expect(subject).toContain(expected)
  })

  it('can be one of the operator, message by message', async () => {
    const messages = await withFiles({
      'fr/new-device.txt': 'Subject: Un nouvel appareil chez {{service}}\n\n{{time}}, {{place}}\n\n{{link}}\n',
    })
    expect(messages.render('new-device', 'fr', VALUES)).toMatchObject({
      subject: 'Un nouvel appareil chez Example Bank',
      text: expect.stringContaining('dimanche 1 mars 2026 à 09:05 UTC, Allemagne') as string,
    })
    expect(messages.render('wrong-codes', 'fr', VALUES).subject).toContain('Wrong codes')
  })

  it('must have templates when it is the language of the installation', () => {
    expect(() => createMessages({ ...SETTINGS, language: 'fr' })).toThrow(TemplateError)
  })
})

describe('the operator’s templates', () => {
  it('replace the built-in ones, with HTML made from their text', async () => {
    const messages = await withFiles({ 'en/email-code.txt': 'Subject: Hello {{code}}\r\n\r\nUse\r\n\r\n{{code}}\r\n' })
    const { subject, text, html } = messages.render('email-code', 'en', VALUES)
    expect({ subject, text }).toEqual({ subject: 'Hello 123456', text: 'Use\n\n123456\n' })
    expect(html).toContain('<h1')
    expect(html).toContain('>Use</p>')
  })

  it('can include their own HTML and a layout', async () => {
    const messages = await withFiles({
      'en/email-code.txt': 'Subject: Code\n\n{{code}}\n',
      'en/email-code.html': '<b>{{code}}</b>',
      'en/layout.html': '<main lang="{{language}}"><i>{{subject}}</i>{{ content }}</main>',
    })
    expect(messages.render('email-code', 'en', VALUES).html).toBe('<b>123456</b>')
    expect(messages.render('new-device', 'en', VALUES).html).toMatch(/^<main lang="en"><i>A new device .*<\/main>$/s)
    expect(messages.render('new-device', 'de', VALUES).html).toMatch(/^<!doctype html>/)
  })

  it('can be for text messages', async () => {
    const messages = await withFiles({ 'en/sms-code.txt': '{{code}} for {{service}}\n' })
    expect(messages.render('sms-code', 'en', VALUES).text).toBe('123456 for Example Bank')
  })

  it('stop the start with every mistake and its file', async () => {
    const code = 'Subject: Code\n\n{{code}}\n'
    expect(
      await mistakesOf({
        'readme.md': 'x',
        'german/email-code.txt': code,
        'en/email-code.txt': 'Subject: Code\n\nnone\n',
        'en/new-device.txt': 'Subject: {{link}}\n\n{{link}} {{code}}\n',
        'en/password-changed.txt': 'No subject\n\n{{link}}\n',
        'en/wrong-codes.txt': 'Subject: x\n{{link}}\n',
        'en/sms-code.html': '{{code}}',
        'en/hello.txt': code,
        'en/push-denied.html': '{{link}}',
        'en/layout.html': '<main></main>',
        'de/email-code.txt': Buffer.from([0xff, 0xfe, 0x00]),
      }),
    ).toEqual([
      'de/email-code.txt is not UTF-8 text',
      'en/email-code.txt lacks {{code}}',
      'en/hello.txt is not named after a message; see docs/message-list.md',
      'en/layout.html lacks {{content}}',
      'en/new-device.txt uses {{code}}, which this message does not have',
      'en/new-device.txt (subject) uses {{link}}, which this message does not have',
      'en/password-changed.txt does not start with a line `Subject: …` and an empty line',
      'en/sms-code.html is not named after a message; see docs/message-list.md',
      'en/wrong-codes.txt does not start with a line `Subject: …` and an empty line',
      'en/push-denied.html needs push-denied.txt next to it for the text part',
      'german is not a language code such as `de`',
      'readme.md is not a folder; every language has a folder of its own',
    ])
  })

  it.each([
    ['a gap that does not end', '{{code', 'has a placeholder without closing braces'],
    ['a section', '{{code}}{{#minutes}}x{{/minutes}}', 'contains {{#minutes}}, but only {{name}} is allowed'],
    ['an unescaped gap', '{{{code}}}', 'contains {{&code}}, but only {{name}} is allowed'],
    ['another unescaped gap', '{{&code}}', 'contains {{&code}}, but only {{name}} is allowed'],
    ['a partial', '{{code}}{{>code}}', 'contains {{>code}}, but only {{name}} is allowed'],
    ['a gap of prototypes', '{{code}}{{constructor}}', 'uses {{constructor}}, which this message does not have'],
    ['a path', '{{code}}{{code.length}}', 'uses {{code.length}}, which this message does not have'],
  ])('must not contain %s', async (_, body, says) => {
    expect(await mistakesOf({ 'en/email-code.txt': `Subject: Code\n\n${body}\n` })).toEqual([
      `en/email-code.txt ${says}`,
    ])
  })

  it('stop the start when their folder is missing', async () => {
    await expect(readTemplates('/nonexistent/stepgate-templates')).rejects.toThrow(TemplateError)
  })
})

describe('values that people and clients choose', () => {
  const messages = createMessages(SETTINGS)
  const NAMES = [
    '<img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">press</a>',
    'https://evil.example/path?x=1',
    'www.evil.example',
    'evil.example',
    'ｅｖｉｌ。example',
    'mailto:thief@evil.example',
    'javascript:alert(1)',
    '[press](https://evil.example)',
    'Phone\r\nBcc: thief@evil.example',
    'Phone\n\nThis wasn’t me: https://evil.example',
    'Phone\u2028This wasn’t me: https://evil.example',
    '{{code}} {{{link}}} {{#x}}',
    '\u202Eelpmaxe.live//:sptth',
    '<script>alert(1)</script>',
    '&lt;b&gt;',
    '\u0000\u001B[2J',
    '=cmd|calc',
    'evil\u2024example\u200B.com',
  ]

  it.each(NAMES)('%j stays plain text in subject, text and HTML', (factor) => {
    const { subject, text, html } = messages.render('factor-added', 'en', { ...VALUES, factor })
    const plain = messages.render('factor-added', 'en', { ...VALUES, factor: 'Phone' })
    const structure = (markup: string) => markup.match(/<[^>]*>/g)
    expect(subject).toBe(plain.subject)
    expect(structure(html)).toEqual(structure(plain.html))
    expect(text.split('\n')).toHaveLength(plain.text.split('\n').length)
    expect(text.match(/https?:\/\/\S+/g)).toEqual(plain.text.match(/https?:\/\/\S+/g))
    const line = text.split('\n')[0] ?? ''
    expect(line).not.toMatch(/[a-z][.:@。․][a-z/]|:\/\//iu)
    expect(line).not.toMatch(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it.each([
    ['a link that is none of http', 'link', 'javascript:alert(1)'],
    ['a link with a space', 'link', 'https://a.example/ b'],
    ['a code with markup', 'code', '<b>1</b>'],
    ['text for a number', 'minutes', 'ten'],
  ])('%s is refused, and not quoted', (_, gap, value) => {
    const name: MessageName = gap === 'link' ? 'new-device' : 'email-code'
    const rendering = () => messages.render(name, 'en', { ...VALUES, [gap]: value })
    expect(rendering).toThrow(`${gap} of ${name} does not fit its gap`)
  })

  it('an invalid network address is not shown', () => {
    const { text } = messages.render('new-device', 'en', { ...VALUES, address: 'https://evil.example' })
    expect(text).toContain('IP address: unknown')
  })

  it('a long value is shortened', () => {
    const { text } = messages.render('factor-added', 'en', { ...VALUES, factor: 'x'.repeat(100_000) })
    expect(text.length).toBeLessThan(2000)
  })
})
