import Mustache from 'mustache'

/** Fills the gaps of a template with texts that are safe to stand there already, but for HTML, which escapes them. */
export type Fill = (values: Readonly<Record<string, string>>) => string

export type TemplateReading =
  { readonly kind: 'read'; readonly gaps: ReadonlySet<string> } | { readonly kind: 'broken'; readonly says: string }

const asIs = (text: string): string => text

/** The gaps of a template. It may hold nothing but `{{name}}`: no logic, no partials, and nothing that is not escaped. */
export function readGaps(template: string): TemplateReading {
  try {
    const tokens = Mustache.parse(template).filter(([type]) => type !== 'text')
    const other = tokens.find(([type]) => type !== 'name')
    if (other) return { kind: 'broken', says: `holds {{${other[0]}${other[1]}}}, but only {{name}} may stand there` }
    return { kind: 'read', gaps: new Set(tokens.map(([, name]) => name)) }
  } catch {
    return { kind: 'broken', says: 'has a gap that does not end' }
  }
}

export const compileText = (template: string): Fill => compile(template, asIs)

export const compileHtml = (template: string): Fill => compile(template, (text) => Mustache.escape(text))

function compile(template: string, escape: (text: string) => string): Fill {
  return (values) => Mustache.render(template, values, {}, { escape })
}
