import type { Sentence } from '../../src/kernel/sentences.js'
import { ERROR_CODES } from '../../src/kernel/error-codes.js'
import { createSentences, TemplateError, readTemplates } from '../../src/messages/index.js'
import { templateFolder } from './folders.js'
import { SENTENCES } from '../../src/messages/sentences/create-sentences.js'

const gapsIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, gap = '']) => gap).sort()

const listener = (acceptLanguage: string, accountLanguage: string | null = null) => ({
  acceptLanguage,
  accountLanguage,
})

describe('the sentences of the API', () => {
  const { en, ...others } = SENTENCES

  it.each(Object.entries(others))('are complete in %s, with the same gaps', (_, texts) => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en ?? {}).sort())
    for (const [id, text] of Object.entries(texts)) {
      expect([id, gapsIn(text)]).toEqual([id, gapsIn((en as Record<string, string>)[id] ?? '')])
    }
  })

  it.each(Object.entries(SENTENCES))('are sentences in %s, with a capital letter and a full stop', (_, texts) => {
    const odd = Object.entries(texts).filter(([, text]) => !/^(?:\p{Lu}|`|[a-z]+[A-Z]|methods|roles).*\.$/u.test(text))
    expect(odd).toEqual([])
  })

  it('differ from the descriptions of the codes, which are for developers', () => {
    for (const { says, means } of Object.values(ERROR_CODES)) expect(says).not.toBe(means)
  })
})

describe('the language of a sentence', () => {
  const { say } = createSentences({ language: 'en' })
  const link: Sentence = { id: 'link.not-available' }
  const [ENGLISH, GERMAN] = ['This link is no longer valid.', 'Dieser Link ist nicht mehr gültig.']

  it.each([
    ['that of the request', listener('de'), GERMAN],
    ['that of the request with a region', listener('de-AT,en;q=0.5'), GERMAN],
    ['the best available one of the request', listener('fr, de;q=0.4, en;q=0.7'), ENGLISH],
    ['that of the account if the request names none', listener('', 'de'), GERMAN],
    ['that of the account if the request accepts any', listener('*', 'de'), GERMAN],
    ['that of the account if those of the request are not available', listener('fr', 'de'), GERMAN],
    ['that of the request before that of the account', listener('en-GB', 'de'), ENGLISH],
    ['that of the installation if nothing is known', listener('', null), ENGLISH],
    ['that of the installation if a language has no sentences', listener('', 'xx'), ENGLISH],
    ['never one that the request excludes', listener('de;q=0', null), ENGLISH],
    ['that of the installation if the header is malformed', listener('\u0000;;q=,', null), ENGLISH],
  ])('is %s', (_, to, said) => {
    expect(say(link, to)).toBe(said)
  })

  it('is the one that the operator configured for the installation', () => {
    expect(createSentences({ language: 'de' }).say(link, listener(''))).toBe(GERMAN)
  })

  it('uses the operator’s sentences first, and the built-in ones for the rest', () => {
    const own = new Map([
      ['fr', { 'link.not-available': 'Ce lien n’est plus valable.' }],
      ['en', { 'link.not-available': 'Ask for a new link.' }],
    ])
    const french = createSentences({ language: 'en' }, own)
    expect(french.say(link, listener('fr'))).toBe('Ce lien n’est plus valable.')
    expect(french.say(link, listener('en'))).toBe('Ask for a new link.')
    expect(french.say({ id: 'factor.last' }, listener('fr'))).toBe(SENTENCES['en']?.['factor.last'])
  })

  it.each([
    [1, 'Too many attempts. Try again in 1 second.'],
    [59, 'Too many attempts. Try again in 59 seconds.'],
    [61, 'Too many attempts. Try again in 2 minutes.'],
    [7199, 'Too many attempts. Try again in 120 minutes.'],
    [7201, 'Too many attempts. Try again in 3 hours.'],
  ])('writes out a wait of %d seconds, rounded up', (seconds, said) => {
    expect(say({ id: 'wait.attempts', values: { wait: { seconds } } }, listener('en'))).toBe(said)
  })
})

describe('the sentences of an operator', () => {
  const read = async (content: string) => {
    const folder = await templateFolder({ 'fr/sentences.json': content })
    try {
      return await readTemplates(folder.directory)
    } finally {
      await folder.remove()
    }
  }

  it('are read from the folder of a language', async () => {
    const own = await read('{ "password.wrong": "Incorrect.", "wait.requests": "Dans {{wait}}." }')
    const { say } = createSentences({ language: 'en' }, new Map([['fr', own.get('fr')?.sentences ?? {}]]))
    const values = { wait: { seconds: 90 } }
    expect(say({ id: 'password.wrong' }, listener('fr'))).toBe('Incorrect.')
    expect(say({ id: 'wait.requests', values }, listener('fr-CA'))).toBe('Dans 2 minutes.')
  })

  it.each([
    ['invalid JSON', '{', 'is not a JSON object'],
    ['a list', '[]', 'is not a JSON object'],
    ['an unknown id', '{ "password.bad": "x" }', 'unknown messageId password.bad'],
    ['an inherited name', '{ "toString": "x" }', 'unknown messageId toString'],
    ['a number', '{ "password.wrong": 1 }', 'no text of at most 500 characters for password.wrong'],
    ['an empty text', '{ "password.wrong": " " }', 'no text'],
    ['a text that is too long', JSON.stringify({ 'password.wrong': 'x'.repeat(501) }), 'no text'],
    [
      'a gap of another sentence',
      '{ "password.wrong": "{{wait}}" }',
      'names {{wait}}, which password.wrong does not have',
    ],
    ['logic', '{ "wait.requests": "{{#wait}}x{{/wait}}" }', 'is wrong at wait.requests'],
    ['a gap that does not end', '{ "wait.requests": "{{wait" }', 'is wrong at wait.requests'],
  ])('stop the start with %s', async (_, content, says) => {
    const reading = read(content)
    await expect(reading).rejects.toThrow(TemplateError)
    await expect(reading).rejects.toThrow(says)
  })
})
