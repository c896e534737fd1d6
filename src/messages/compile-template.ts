import Mustache from 'mustache'

/** Fills the gaps of a template. The values are already safe as text; HTML templates escape them as well. */
export type Fill = (values: Readonly<Record<string, string>>) => string

export type TemplateReading =
  { readonly kind: 'read'; readonly gaps: ReadonlySet<string> } | { readonly kind: 'broken'; readonly says: string }

const asIs = (text: string): string => text

/** Reads the gaps of a template. Only `{{name}}` is allowed: no logic, no partials and no unescaped gaps. */
export function readGaps(template: string): TemplateReading {
  try {
    const tokens = Mustache.parse(template).filter(([type]) => type !== 'text')
    const other = tokens.find(([type]) => type !== 'name')
    if (other) return { kind: 'broken', says: `contains {{${other[0]}${other[1]}}}, but only {{name}} is allowed` }
    return { kind: 'read', gaps: new Set(tokens.map(([, name]) => name)) }
  } catch {
    return { kind: 'broken', says: 'has a placeholder without closing braces' }
  }
}

export const compileText = (template: string): Fill => compile(template, asIs)

export const compileHtml = (template: string): Fill => compile(template, (text) => Mustache.escape(text))

function compile(template: string, escape: (text: string) => string): Fill {
  return (values) => Mustache.render(template, values, {}, { escape })
}
