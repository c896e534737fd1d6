import type { Gaps } from './message-gaps.js'

const GAP_ALONE = /^\{\{\s*([A-Za-z]+)\s*\}\}$/
const LABELLED_GAP = /^([^:{}\n]{1,60}):\s+\{\{\s*([A-Za-z]+)\s*\}\}$/
const FACT = /^([^:{}\n]{1,30}):\s+(.+)$/
const ANY_GAP = /\{\{\s*([A-Za-z]+)\s*\}\}/g

const PARAGRAPH = 'margin:0 0 16px'
const BUTTON =
  'display:inline-block;padding:12px 22px;border-radius:8px;background-color:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none'
const CODE =
  'margin:0 0 16px;padding:16px 0;border-radius:8px;background-color:rgba(128,128,128,0.14);font:700 32px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px;text-align:center'
const SMALL = 'margin:0 0 16px;font-size:13px;line-height:1.5;opacity:0.75;word-break:break-all'
const TERM = 'padding:3px 16px 3px 0;opacity:0.7;text-align:left;vertical-align:top;font-weight:400;white-space:nowrap'

/**
 * Turns a text template into an HTML template. This happens before any gap is filled, so no value can become markup. A code
 * in its own paragraph is shown large, a labelled link becomes a button, and `label: value` lines become a table.
 */
export function htmlOfText(text: string, gaps: Gaps): string {
  return paragraphsOf(text)
    .map((paragraph) => htmlOfParagraph(paragraph, gaps))
    .join('\n')
}

/** The text without the paragraphs that use one of these gaps. */
export const withoutParagraphsOf = (text: string, gaps: readonly string[]): string =>
  paragraphsOf(text)
    .filter((paragraph) => [...paragraph.matchAll(ANY_GAP)].every(([, name = '']) => !gaps.includes(name)))
    .join('\n\n')

const paragraphsOf = (text: string): readonly string[] => text.trim().split(/\n[ \t]*\n\s*/)

function htmlOfParagraph(paragraph: string, gaps: Gaps): string {
  const alone = GAP_ALONE.exec(paragraph)?.[1] ?? ''
  if (gaps[alone]?.kind === 'code') return `<p style="${CODE}">{{${alone}}}</p>`
  const [, label = '', name = ''] = LABELLED_GAP.exec(paragraph) ?? []
  if (gaps[name]?.kind === 'link') return button(label, name)
  const lines = paragraph.split('\n')
  const facts = lines.map((line) => FACT.exec(line))
  if (lines.length > 1 && facts.every((fact) => fact !== null)) return table(facts, gaps)
  return `<p style="${PARAGRAPH}">${lines.map((line) => inline(line, gaps)).join('<br>')}</p>`
}

function button(label: string, name: string): string {
  return `<p style="margin:24px 0 12px"><a href="{{${name}}}" style="${BUTTON}">${escapeHtml(label.trim())}</a></p>
<p style="${SMALL}">{{${name}}}</p>`
}

function table(facts: readonly RegExpExecArray[], gaps: Gaps): string {
  const rows = facts.map(
    ([, term = '', value = '']) =>
      `<tr><th scope="row" style="${TERM}">${escapeHtml(term.trim())}</th><td style="padding:3px 0">${inline(value, gaps)}</td></tr>`,
  )
  return `<table role="presentation" style="margin:0 0 16px;border-collapse:collapse;font-size:15px">${rows.join('')}</table>`
}

const inline = (line: string, gaps: Gaps): string =>
  escapeHtml(line).replace(ANY_GAP, (gap, name: string) =>
    gaps[name]?.kind === 'link' ? `<a href="{{${name}}}">{{${name}}}</a>` : gap,
  )

/** For the words of a template. Gaps contain no characters that are escaped. */
const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
