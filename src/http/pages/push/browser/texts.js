const template = /** @type {HTMLTemplateElement} */ (document.querySelector('#texts'))
const service = document.documentElement.dataset['service'] ?? ''

/** The language of the page. */
export const language = document.documentElement.lang

/**
 * A sentence in the language of the page, with its gaps filled. Show it as text only: the values are not escaped.
 * @param {string} name
 * @param {Readonly<Record<string, string | number>>} values
 */
export function text(name, values = {}) {
  const found = template.content.querySelector(`[data-text="${name}"]`)
  if (!found) throw new Error(`the page has no text ${name}`)
  const all = /** @type {Record<string, string | number>} */ ({ service, ...values })
  return (found.textContent ?? '').replace(/\{(\w+)\}/g, (gap, key) => String(all[key] ?? gap))
}
