import { preferredLanguage } from '../../kernel/language.js'
import type { Listener, Sentence, SentenceId, Sentences, SentenceValue } from '../../kernel/sentences.js'
import { compileText } from '../compile-template.js'
import { writeValue } from '../write-value.js'
import { de } from './de.js'
import { en } from './en.js'
import type { OwnSentences } from './read-sentences.js'
import type { SentenceTexts } from './sentence-texts.js'

/** The built-in sentences, by language. */
export const SENTENCES: Readonly<Record<string, SentenceTexts>> = { en, de }

/**
 * Translates sentences into the language of the request, else of the account, else of the installation. The operator's
 * sentences override the built-in ones. A sentence that a language lacks uses the installation's language.
 */
export function createSentences(
  settings: { readonly language: string },
  own: ReadonlyMap<string, OwnSentences> = new Map(),
): Sentences {
  const languages = [...new Set([...Object.keys(SENTENCES), ...own.keys()])]
  const find = cached((key) => {
    const [language = '', id = ''] = key.split(' ')
    const text = own.get(language)?.[id as SentenceId] ?? SENTENCES[language]?.[id as SentenceId]
    return text === undefined ? null : compileText(text)
  })
  const wordsFor = (id: SentenceId, { acceptLanguage, accountLanguage }: Listener) => {
    const known = languages.filter((language) => language === accountLanguage)
    const ordered = [...known, settings.language, ...languages]
    const asked = preferredLanguage(acceptLanguage, ordered)
    for (const language of asked === null ? ordered : [asked, ...ordered]) {
      const fill = find(`${language} ${id}`)
      if (fill) return { fill, language }
    }
    throw new Error(`there is no sentence ${id}`)
  }
  return {
    say: (sentence, listener) => {
      const { fill, language } = wordsFor(sentence.id, listener)
      return fill(valuesOf(sentence, language))
    },
  }
}

function valuesOf({ values = {} }: Sentence, language: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([gap, value]) => [gap, writeOut(value, language)]))
}

function writeOut(value: SentenceValue, language: string): string {
  if (typeof value !== 'object') return String(value)
  if ('seconds' in value) return writeWait(value.seconds, language)
  if ('country' in value) return writeValue(value, 'words', language) ?? value.country
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'kilometer' }).format(value.km)
}

/** The English text of a sentence without gaps. */
export const inEnglish = (id: SentenceId): string => en[id]

/** Rounded up, so that a caller who retries at that time is not too early. */
function writeWait(seconds: number, language: string): string {
  const [unit, length] =
    seconds < 60 ? (['second', 1] as const) : seconds < 7200 ? (['minute', 60] as const) : (['hour', 3600] as const)
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.ceil(seconds / length),
  )
}

/** Compiles each sentence on first use. The cache needs no limit, because there are few sentences. */
function cached<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>()
  return (key) => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key) as Value
  }
}
