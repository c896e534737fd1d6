import {
  MESSAGES,
  type MessageName,
  type Messages,
  type MessageValues,
  type RenderedMessage,
} from '../kernel/messages.js'
import { compileHtml, compileText, type Fill } from './compile-template.js'
import { htmlOfText, withoutParagraphsOf } from './html-of-text.js'
import { LAYOUT } from './layout.js'
import { gapsOf, isTextMessage, optionalGapsOf } from './message-gaps.js'
import type { OwnTemplate, OwnTemplates } from './read-templates.js'
import { TemplateError } from './template-error.js'
import { de } from './templates/de.js'
import { en } from './templates/en.js'
import type { Templates } from './templates/template.js'
import { writeValue } from './write-value.js'

export interface MessageSettings {
  /** The name people know the service by. */
  readonly service: string
  /** For accounts whose own language has no templates. */
  readonly language: string
}

const BUILT_IN: Readonly<Record<string, Templates>> = { en, de }
const LAST_RESORT = 'en'

interface CompiledMessage {
  readonly language: string
  readonly subject: Fill
  readonly text: Fill
  readonly html: Fill
}

interface CompiledForms {
  readonly full: CompiledMessage
  /** Without the paragraphs of optional gaps; null: the message has no such gaps. */
  readonly short: CompiledMessage | null
}

type Compiled = ReadonlyMap<string, ReadonlyMap<MessageName, CompiledForms>>

/** Fills in templates: the operator's own, otherwise the built-in ones. Throws a `TemplateError`. */
export function createMessages(
  settings: MessageSettings,
  own: ReadonlyMap<string, OwnTemplates> = new Map(),
): Messages {
  const languages = [...new Set([...Object.keys(BUILT_IN), ...own.keys()])]
  if (!languages.includes(settings.language)) {
    throw new TemplateError([{ file: settings.language, says: 'is the configured language, but has no templates' }])
  }
  const compiled: Compiled = new Map(languages.map((each) => [each, compileLanguage(each, own.get(each))]))
  const find = (name: MessageName, wanted: string | null): CompiledForms => {
    const order = [wanted ?? settings.language, settings.language, LAST_RESORT]
    const found = order.map((language) => compiled.get(language)?.get(name)).find((each) => each !== undefined)
    if (!found) throw new Error(`there is no template for ${name}`)
    return found
  }
  return {
    languages: [settings.language, ...languages.filter((each) => each !== settings.language)],
    render: (name, language, values) => {
      const { full, short } = find(name, language)
      const isShort = short !== null && optionalGapsOf(name).every((gap) => values[gap] === undefined)
      return renderMessage(name, isShort ? short : full, values, settings.service)
    },
  }
}

function renderMessage(
  name: MessageName,
  template: CompiledMessage,
  values: MessageValues,
  service: string,
): RenderedMessage {
  const { language } = template
  const gaps = Object.entries(gapsOf(name)).map(([gap, { kind }]) => {
    // The operator chose the service name, so it is written as it is.
    const written = gap === 'service' ? service : writeValue(values[gap], kind, language)
    // The error must not contain the value: it may be a code.
    if (written === null) throw new Error(`${gap} of ${name} does not fit its gap`)
    return [gap, written] as const
  })
  const view = Object.fromEntries(gaps)
  const text = template.text(view)
  if (isTextMessage(name)) return { subject: '', text, html: '' }
  return { subject: template.subject(view), text: `${text}\n`, html: template.html({ ...view, language }) }
}

function compileLanguage(language: string, own: OwnTemplates | undefined): ReadonlyMap<MessageName, CompiledForms> {
  const builtIn = BUILT_IN[language]
  const layout = own?.layout ?? LAYOUT
  const templates = MESSAGES.flatMap((name) => {
    const template: OwnTemplate | undefined =
      own?.messages.get(name) ?? (builtIn ? { ...builtIn[name], html: null } : undefined)
    return template ? [[name, compileForms(name, template, layout, language)] as const] : []
  })
  return new Map(templates)
}

function compileForms(name: MessageName, template: OwnTemplate, layout: string, language: string): CompiledForms {
  const full = compileMessage(name, template, layout, language)
  const optional = optionalGapsOf(name)
  if (optional.length === 0) return { full, short: null }
  const text = withoutParagraphsOf(template.text, optional)
  return { full, short: compileMessage(name, { ...template, text }, layout, language) }
}

function compileMessage(name: MessageName, template: OwnTemplate, layout: string, language: string): CompiledMessage {
  const { subject, text } = template
  const whole = template.html ?? inLayout(layout, { subject, content: htmlOfText(text, gapsOf(name)) })
  return { language, subject: compileText(subject), text: compileText(text), html: compileHtml(whole) }
}

/** Layout and content become one template, so every value that is filled in later is escaped. */
function inLayout(layout: string, parts: { readonly subject: string; readonly content: string }): string {
  const subject = parts.subject.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return layout
    .replace(/\{\{\s*subject\s*\}\}/g, () => subject.replace(/"/g, '&quot;'))
    .replace(/\{\{\s*content\s*\}\}/g, () => parts.content)
}
