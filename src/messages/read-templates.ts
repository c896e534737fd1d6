import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MESSAGES, type MessageName } from '../kernel/messages.js'
import { readGaps } from './compile-template.js'
import { gapsOf, isTextMessage, type Gaps } from './message-gaps.js'
import { parseSentences, type OwnSentences } from './sentences/read-sentences.js'
import { TemplateError, type TemplateMistake } from './template-error.js'

/** The operator's own templates in one language. The built-in ones fill in for missing messages. */
export interface OwnTemplates {
  readonly messages: ReadonlyMap<MessageName, OwnTemplate>
  /** The frame around the text of a mail, with `{{content}}`; null: the built-in one. */
  readonly layout: string | null
  /** Sentences of the API. */
  readonly sentences: OwnSentences
}

export interface OwnTemplate {
  readonly subject: string
  readonly text: string
  /** A complete HTML document; null: it is made from text and layout. */
  readonly html: string | null
}

const LANGUAGE = /^[a-z]{2,3}$/
const FILE = /^([a-z-]+)\.(txt|html)$/
const SUBJECT = /^Subject: (\S.*)$/
const LAYOUT_GAPS: Gaps = {
  service: { kind: 'words', means: '' },
  subject: { kind: 'words', means: '' },
  language: { kind: 'words', means: '' },
  content: { kind: 'words', means: '', isRequired: true },
}

/**
 * Reads `<directory>/<language>/<message>.txt`, `.html`, `layout.html` and `sentences.json`. Throws a `TemplateError`
 * with every mistake.
 */
export async function readTemplates(directory: string): Promise<ReadonlyMap<string, OwnTemplates>> {
  const mistakes: TemplateMistake[] = []
  const found = new Map<string, OwnTemplates>()
  for (const entry of await entriesOf(directory)) {
    if (entry.name.startsWith('.')) continue
    if (!entry.isDirectory())
      mistakes.push({ file: entry.name, says: 'is not a folder; every language has a folder of its own' })
    else if (!LANGUAGE.test(entry.name))
      mistakes.push({ file: entry.name, says: 'is not a language code such as `de`' })
    else found.set(entry.name, await readLanguage(directory, entry.name, mistakes))
  }
  if (mistakes.length > 0) throw new TemplateError(mistakes)
  return found
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true })
  } catch {
    throw new TemplateError([{ file: directory, says: 'cannot be read' }])
  }
}

async function readLanguage(directory: string, language: string, mistakes: TemplateMistake[]): Promise<OwnTemplates> {
  const texts = new Map<MessageName, { readonly subject: string; readonly text: string }>()
  const htmls = new Map<MessageName, string>()
  let layout: string | null = null
  let sentences: OwnSentences = {}
  for (const fileName of (await readdir(join(directory, language))).sort()) {
    if (fileName.startsWith('.')) continue
    const file = `${language}/${fileName}`
    const content = await readText(join(directory, file))
    const [, stem = '', ending = ''] = FILE.exec(fileName) ?? []
    const name = MESSAGES.find((each) => each === stem)
    if (content === null) mistakes.push({ file, says: 'is not UTF-8 text' })
    else if (fileName === 'layout.html') {
      mistakes.push(...mistakesIn(file, content, LAYOUT_GAPS))
      layout = content
    } else if (fileName === 'sentences.json') {
      sentences = parseSentences(file, content, mistakes)
    } else if (!name || (ending === 'html' && isTextMessage(name))) {
      mistakes.push({ file, says: 'is not named after a message; see docs/message-list.md' })
    } else if (ending === 'html') {
      mistakes.push(...mistakesIn(file, content, gapsOf(name)))
      htmls.set(name, content)
    } else {
      const parsed = parseText(name, content)
      if (parsed === null) mistakes.push({ file, says: 'does not start with a line `Subject: …` and an empty line' })
      else mistakes.push(...mistakesIn(file, parsed.text, gapsOf(name)), ...subjectMistakes(file, name, parsed.subject))
      if (parsed) texts.set(name, parsed)
    }
  }
  for (const name of htmls.keys()) {
    if (texts.has(name)) continue
    mistakes.push({ file: `${language}/${name}.html`, says: `needs ${name}.txt next to it for the text part` })
  }
  const messages = new Map([...texts].map(([name, text]) => [name, { ...text, html: htmls.get(name) ?? null }]))
  return { messages, layout, sentences }
}

async function readText(path: string): Promise<string | null> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    return decoder.decode(await readFile(path)).replace(/\r\n?/g, '\n')
  } catch {
    return null
  }
}

/** A mail template is a subject line, an empty line and the text. A text message has no subject. */
function parseText(name: MessageName, content: string): { readonly subject: string; readonly text: string } | null {
  if (isTextMessage(name)) return { subject: '', text: content.trim() }
  const [first = '', second, ...rest] = content.split('\n')
  const subject = SUBJECT.exec(first)?.[1]?.trim()
  if (subject === undefined || second?.trim() !== '') return null
  return { subject, text: rest.join('\n').trim() }
}

function mistakesIn(file: string, template: string, gaps: Gaps): TemplateMistake[] {
  const reading = readGaps(template)
  if (reading.kind === 'broken') return [{ file, says: reading.says }]
  const unknown = [...reading.gaps].filter((name) => !Object.hasOwn(gaps, name))
  const missing = Object.keys(gaps).filter((name) => gaps[name]?.isRequired && !reading.gaps.has(name))
  return [
    ...unknown.map((name) => ({ file, says: `uses {{${name}}}, which this message does not have` })),
    ...missing.map((name) => ({ file, says: `lacks {{${name}}}` })),
  ]
}

/** No gap is required in a subject, and links are not allowed there. */
function subjectMistakes(file: string, name: MessageName, subject: string): TemplateMistake[] {
  const inSubject = Object.entries(gapsOf(name)).filter(([, { kind }]) => kind !== 'link')
  const optional = inSubject.map(([gap, { kind, means }]) => [gap, { kind, means }] as const)
  return mistakesIn(`${file} (subject)`, subject, Object.fromEntries(optional))
}
