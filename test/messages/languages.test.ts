import { PAGE_LANGUAGES } from '../../src/http/pages/page-parts.js'
import { LINK_PAGE_TEXTS } from '../../src/http/pages/link/texts.js'
import { NOT_ME_TEXTS } from '../../src/http/pages/not-me/texts.js'
import { PUSH_PAGE_TEXTS } from '../../src/http/pages/push/texts.js'
import { MESSAGES } from '../../src/kernel/messages.js'
import { readGaps } from '../../src/messages/compile-template.js'
import { createMessages } from '../../src/messages/index.js'
import { gapsOf } from '../../src/messages/message-gaps.js'
import { de } from '../../src/messages/templates/de.js'
import { en } from '../../src/messages/templates/en.js'

const BUILT_IN = { en, de }
const PAGES = { link: LINK_PAGE_TEXTS, 'not-me': NOT_ME_TEXTS, push: PUSH_PAGE_TEXTS }

/** The characters of a text message that is sent in one part of 160 (3GPP TS 23.038, without the extension table). */
const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]+$/

const gapsIn = (template: string): readonly string[] => {
  const reading = readGaps(template)
  if (reading.kind === 'broken') throw new Error(reading.says)
  return [...reading.gaps].sort()
}

describe('the messages', () => {
  it.each(MESSAGES)('%s has the same gaps in every language, in its subject and in its text', (name) => {
    const [first, ...others] = Object.values(BUILT_IN).map((templates) => templates[name])
    for (const other of others) {
      expect(gapsIn(other.subject)).toEqual(gapsIn(first!.subject))
      expect(gapsIn(other.text)).toEqual(gapsIn(first!.text))
    }
  })

  it.each(MESSAGES)('%s uses only its own gaps, and every one that is required', (name) => {
    const known = gapsOf(name)
    const required = Object.keys(known).filter((gap) => known[gap]?.isRequired)
    for (const templates of Object.values(BUILT_IN)) {
      const used = gapsIn(templates[name].text)
      expect(Object.keys(known)).toEqual(expect.arrayContaining([...used, ...gapsIn(templates[name].subject)]))
      expect(used).toEqual(expect.arrayContaining(required))
    }
  })

  it.each(Object.keys(BUILT_IN))('a code by text message fits into one part, with its last line: %s', (language) => {
    const messages = createMessages({ service: 'Example Bank', language: 'en' })
    const { text } = messages.render('sms-code', language, { code: '123456', minutes: 10 })
    const sent = `${text}\n\n@login.example.com #123456`
    expect(sent).toMatch(GSM_7)
    expect(sent.length).toBeLessThanOrEqual(160)
  })
})

describe.each(Object.entries(PAGES))('the texts of the %s page', (_, texts) => {
  it('are there in every language of the pages, sentence by sentence with the same gaps', () => {
    const [first, ...others] = PAGE_LANGUAGES.map((language) => sentencesOf(texts[language]))
    expect(first?.size).toBeGreaterThan(10)
    for (const other of others) expect(other).toEqual(first)
  })

  it('need no escaping, because they become part of the markup', () => {
    for (const language of PAGE_LANGUAGES) {
      for (const sentence of wordsOf(texts[language])) expect(sentence).toMatch(/^[^<>&"']+$/)
    }
  })
})

const GAP = '\u0000gap'

function* leavesOf(value: unknown, path = ''): Generator<readonly [path: string, sentence: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'function') yield [path, String((value as (gap: string) => unknown)(GAP))]
  else for (const [key, each] of Object.entries(value as object)) yield* leavesOf(each, `${path}.${key}`)
}

const wordsOf = (texts: object): readonly string[] => [...leavesOf(texts)].map(([, sentence]) => sentence)

/** The gaps of every sentence, by its place in the texts. */
const sentencesOf = (texts: object): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...leavesOf(texts)].map(
      ([path, sentence]) => [path, (sentence.match(/\{\w+\}|\0gap/g) ?? []).toSorted()] as const,
    ),
  )
