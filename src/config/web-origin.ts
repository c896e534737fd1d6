type Reading = { readonly origin: string } | { readonly fault: string }

const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i
/** Pages of these schemes send `Origin: null`, or there are no pages of them. */
const WITHOUT_ORIGIN: ReadonlySet<string> = new Set([
  ...['file', 'data', 'blob', 'about', 'javascript', 'mailto', 'ws', 'wss', 'ftp', 'content', 'filesystem'],
])
const CHROME_ID = /^[a-p]{32}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Extensions whose browsers write the id in lower case only. */
const IDS_OF_EXTENSIONS: Readonly<Record<string, RegExp | undefined>> = {
  'chrome-extension': CHROME_ID,
  'moz-extension': UUID,
}
const SHELL_AUTHORITY = /^[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?$/i

/**
 * An origin as a browser writes it in `Origin`, or why no browser sends it. The spellings of a browser's address bar are
 * read too: a final slash, capitals, the default port, and names with other letters than a to z.
 */
export function readWebOrigin(text: string): Reading {
  if (text === '') return { fault: 'is blank' }
  if (text === 'null') return { fault: 'is null, which every sandboxed page and local file sends' }
  if (text.includes('*')) return { fault: 'has a wildcard; each origin has to be named' }
  if (/\s/.test(text)) return { fault: 'has white space inside; separate origins by commas' }
  const [, scheme, authority = '', path = '', query, fragment] = PARTS.exec(text) ?? []
  if (scheme === undefined) return { fault: 'is no origin such as https://app.example.com' }
  if (authority.includes('@')) return { fault: 'has a user or password' }
  if (path !== '' && path !== '/') return { fault: 'has a path' }
  if (query !== undefined || fragment !== undefined) return { fault: 'has a query or fragment' }
  if (authority === '') return { fault: 'has no host' }
  return /^https?$/i.test(scheme) ? ofWeb(text) : ofShell(scheme.toLowerCase(), authority)
}

function ofWeb(text: string): Reading {
  const found = URL.canParse(text) ? new URL(text) : null
  return found === null ? { fault: 'has a host or port that cannot exist' } : { origin: found.origin }
}

/** `URL.origin` is null for the schemes of apps and extensions, although their web views send an origin. */
function ofShell(scheme: string, authority: string): Reading {
  if (WITHOUT_ORIGIN.has(scheme)) return { fault: 'has a scheme whose pages send no origin' }
  if (!SHELL_AUTHORITY.test(authority) || !URL.canParse(`${scheme}://${authority}`)) {
    return { fault: 'has a host or port that cannot exist' }
  }
  const id = IDS_OF_EXTENSIONS[scheme]
  // Elsewhere the case is kept: Safari writes the ids of extensions in capitals.
  if (id === undefined) return { origin: `${scheme}://${authority}` }
  const host = authority.toLowerCase()
  return id.test(host) ? { origin: `${scheme}://${host}` } : { fault: 'has no id of an extension' }
}
