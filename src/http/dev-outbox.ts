import type { Request, RequestHandler } from 'express'
import { peerIsLoopback } from './client-address.js'
import { escapeText } from './pages/page-parts.js'
import type { HttpPorts, OutboxMessage } from './ports.js'
import { recordOf } from './request-record.js'

type Outbox = NonNullable<HttpPorts<unknown>['outbox']>

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i
const STYLE = 'body{font:16px/1.5 sans-serif;max-width:45rem;margin:2rem auto}pre{white-space:pre-wrap}'

/**
 * Shows the mail and text messages of a development machine, newest last, to this machine only. Both the peer and the
 * requested host have to be loopback, so that DNS rebinding cannot read the links.
 */
export function devOutbox(outbox: Outbox): RequestHandler {
  return (req, res, next) => {
    recordOf(res).route = 'outbox'
    if (!isOwnUser(req)) return next()
    res.set('Cache-Control', 'no-store')
    const messages = outbox.messages()
    if (req.accepts(['json', 'html']) !== 'html') return void res.json({ messages })
    res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    res.type('html').send(page(messages))
  }
}

function isOwnUser(req: Request): boolean {
  return (
    peerIsLoopback(req) && req.headers['x-forwarded-for'] === undefined && LOOPBACK_HOST.test(req.headers.host ?? '')
  )
}

function page(messages: readonly OutboxMessage[]): string {
  const articles = messages.map(
    ({ channel, to, subject, text, sentAt }) =>
      `<article><h2>${escapeText(channel === 'sms' ? 'Text message' : subject)}</h2><p>To ${escapeText(to)}, ${sentAt.toISOString()}</p><pre>${linked(text)}</pre></article>`,
  )
  const body = articles.length === 0 ? '<p>Nothing has been sent.</p>' : articles.join('<hr>')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Outbox</title><style>${STYLE}</style><h1>Outbox</h1>${body}</html>`
}

/** The text is escaped before links are made, so a link cannot contain markup. */
const linked = (text: string): string =>
  escapeText(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
