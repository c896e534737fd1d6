import type { RequestHandler } from 'express'
import { escapeText } from './pages/page-parts.js'
import type { HttpPorts } from './ports.js'
import { recordOf } from './request-record.js'

/** A page of a development gateway. */
export interface StartLink {
  readonly name: string
  /** Relative to the gateway, without a slash at the beginning: the gateway may be below a path. */
  readonly path: string
}

const STYLE = 'body{font:16px/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}'
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** Where a developer goes from here; empty in production. */
export function startLinks({ config, outbox }: Pick<HttpPorts<unknown>, 'config' | 'outbox'>): readonly StartLink[] {
  if (config.production) return []
  return [
    { name: config.server.introspection ? 'GraphQL API and sandbox' : 'GraphQL API', path: 'graphql' },
    ...(outbox ? [{ name: 'Mail and text messages', path: 'dev/outbox' }] : []),
    { name: 'Signing keys', path: '.well-known/jwks.json' },
    { name: 'Readiness', path: 'readyz' },
  ]
}

/** `/` of a development gateway. */
export function startPage(serviceName: string, links: readonly StartLink[]): RequestHandler {
  const items = links.map(({ name, path }) => `<li><a href="${escapeText(path)}">${escapeText(name)}</a></li>`)
  const title = escapeText(serviceName)
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>` +
    `<h1>${title}</h1><ul>${items.join('')}</ul>` +
    '<p>The guides are in <code>README.md</code> and <code>docs/</code>. In production this page is off.</p></html>'
  return (req, res) => {
    recordOf(res).route = 'start'
    res.set('Cache-Control', 'no-store')
    if (req.accepts(['html', 'json']) === 'json') return void res.json({ links })
    res.set('Content-Security-Policy', POLICY)
    res.type('html').send(page)
  }
}
