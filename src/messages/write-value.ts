import { isIP } from 'node:net'
import type { MessageValue } from '../kernel/messages.js'
import type { GapKind } from './message-gaps.js'

/** A language's words for values that have no name of their own. */
interface Words {
  readonly unknownDevice: string
  readonly unknownPlace: string
  readonly on: string
}

const ENGLISH: Words = { unknownDevice: 'unknown device', unknownPlace: 'unknown', on: 'on' }
const WORDS: Readonly<Record<string, Words>> = {
  en: ENGLISH,
  de: { unknownDevice: 'unbekanntes Gerät', unknownPlace: 'unbekannt', on: 'unter' },
}

// Control characters, lone surrogates, invisible marks and marks that reverse the text after them. The two joiners are
// allowed: emoji and Persian need them.
const UNPRINTABLE = /(?![\u200C\u200D])[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]+/gu
// Mail programs turn text into links by a dot, colon, slash or at sign with something after it, in any width.
const LINKING = /[.:/\\@\u2024\u3002\uFE52\uFF0E\uFF0F\uFF1A\uFF20\uFF61]+(?=\S)/g
// As `URL.href` writes them. HTML templates escape the rest.
const HTTP_LINK = /^https?:\/\/[^\s<>"]+$/
const MAX_WORDS = 200

/** Writes a value in a language and makes it safe for its kind of gap. Null: the value does not fit the gap. */
export function writeValue(value: MessageValue | undefined, kind: GapKind, language: string): string | null {
  if (value === undefined) return kind === 'country' ? wordsOf(language).unknownPlace : ''
  const written = writeOut(value, language)
  switch (kind) {
    case 'link':
      return HTTP_LINK.test(written) ? written : null
    case 'address':
      return isIP(written) === 0 ? wordsOf(language).unknownPlace : written
    case 'code':
      return /^[A-Za-z0-9 -]{1,40}$/.test(written) ? written : null
    case 'country':
      return country(written, language)
    case 'number':
      return typeof value === 'number' ? written : null
    case 'words':
      return value instanceof Date || isOurs(value) ? written : withoutLinks(written)
  }
}

function writeOut(value: MessageValue, language: string): string {
  if (typeof value === 'string') return oneLine(value)
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return moment(value, language)
  if ('seconds' in value) return duration(value.seconds, language)
  if ('country' in value) return country(value.country, language)
  return software(value, language)
}

/** Values that are made from lists and numbers, not from text that a caller chose. */
const isOurs = (value: MessageValue): boolean => typeof value !== 'string'

const oneLine = (text: string): string => text.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim().slice(0, 1000)

/** For text that a caller chose, such as the name of a factor: mail programs find no link in it. */
const withoutLinks = (text: string): string => Array.from(text).slice(0, MAX_WORDS).join('').replace(LINKING, '\u00B7')

/** Creating a format takes longer than writing a message. There is one for each language that has templates. */
function perLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>()
  return (language) => {
    const format = made.get(language) ?? make(language)
    made.set(language, format)
    return format
  }
}

const moments = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }),
)
const regions = perLanguage((language) => new Intl.DisplayNames(language, { type: 'region' }))

const moment = (date: Date, language: string): string => `${moments(language).format(date)} UTC`

function duration(seconds: number, language: string): string {
  const inHours = seconds >= 7200
  const count = Math.floor(seconds / (inHours ? 3600 : 60))
  const unit = inHours ? 'hour' : 'minute'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

function country(code: string | null, language: string): string {
  if (code === null || !/^[A-Z]{2}$/.test(code)) return wordsOf(language).unknownPlace
  return regions(language).of(code) ?? code
}

function software({ browser, system }: { browser: string | null; system: string | null }, language: string): string {
  const words = wordsOf(language)
  if (browser !== null && system !== null) return `${browser} ${words.on} ${system}`
  return browser ?? system ?? words.unknownDevice
}

const wordsOf = (language: string): Words => WORDS[language] ?? ENGLISH
