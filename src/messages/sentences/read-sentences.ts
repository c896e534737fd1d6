import type { SentenceId } from '../../kernel/sentences.js'
import { readGaps } from '../compile-template.js'
import type { TemplateMistake } from '../template-error.js'
import { en } from './en.js'
import type { SentenceTexts } from './sentence-texts.js'

/** The operator's sentences. Built-in sentences replace the missing ones. */
export type OwnSentences = Partial<SentenceTexts>

const MAX_LENGTH = 500

/** Reads a `sentences.json`: one object with texts by `messageId`. Adds every problem to `mistakes`. */
export function parseSentences(file: string, content: string, mistakes: TemplateMistake[]): OwnSentences {
  const entries = entriesOf(content)
  if (entries === null) mistakes.push({ file, says: 'is not a JSON object of texts by messageId' })
  const good = (entries ?? []).filter(([id, text]) => {
    const says = objectionTo(id, text)
    if (says !== null) mistakes.push({ file, says })
    return says === null
  })
  return Object.fromEntries(good)
}

function entriesOf(content: string): readonly (readonly [string, unknown])[] | null {
  try {
    const parsed: unknown = JSON.parse(content)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.entries(parsed) : null
  } catch {
    return null
  }
}

function objectionTo(id: string, text: unknown): string | null {
  if (!isSentenceId(id)) return `names the unknown messageId ${id}; see docs/sentences.md`
  if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_LENGTH)
    return `has no text of at most ${MAX_LENGTH} characters for ${id}`
  const [reading, known] = [readGaps(text), readGaps(en[id])]
  if (reading.kind === 'broken' || known.kind === 'broken') return `is wrong at ${id}: the text ${brokenBy(reading)}`
  const unknown = [...reading.gaps].find((gap) => !known.gaps.has(gap))
  return unknown === undefined ? null : `names {{${unknown}}}, which ${id} does not have`
}

const brokenBy = (reading: ReturnType<typeof readGaps>): string => (reading.kind === 'broken' ? reading.says : '')

const isSentenceId = (id: string): id is SentenceId => Object.hasOwn(en, id)
