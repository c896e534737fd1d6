import { createTransport } from 'nodemailer'
import { Unavailable } from '../kernel/unavailable.js'
import type { Mailer, Message } from './ports.js'

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password. */
  readonly url: string
  readonly from: string
  readonly serviceName: string
  /** Refuse to talk to a server that offers no TLS. */
  readonly requireTls: boolean
}

export interface SmtpMailer extends Mailer {
  close(): void
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u
const CONTROL = /\p{Cc}+/gu
const CONNECTIONS = 3
const CONNECT_MILLISECONDS = 5_000
const IDLE_MILLISECONDS = 10_000

/** Sends mail over a few kept connections, with short patience: people wait for their codes. */
export function createSmtpMailer({ url, from, serviceName, requireTls }: SmtpSettings): SmtpMailer {
  const transport = createTransport({
    ...connectionOf(url),
    pool: true,
    maxConnections: CONNECTIONS,
    requireTLS: requireTls,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: IDLE_MILLISECONDS,
    // Nothing in a message may name a file or an address to be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (message) => {
      const mail = { from: { name: serviceName, address: from }, ...headersOf(message), text: message.text }
      const sent = transport.sendMail(message.html === undefined ? mail : { ...mail, html: message.html })
      // The cause is left out: servers quote the recipient in what they answer, and this ends up in the log.
      await sent.catch(() => Promise.reject(new Unavailable('mail')))
    },
    close: () => transport.close(),
  }
}

function connectionOf(text: string): {
  host: string
  port: number
  secure: boolean
  auth?: { user: string; pass: string }
} {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  const server = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 465 : 587), secure }
  if (url.username === '') return server
  return { ...server, auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
}

/** One recipient, and a subject of one line: an address or a name cannot add a header or another recipient. */
function headersOf({ to, subject }: Message): { to: { name: string; address: string }; subject: string } {
  if (!ADDRESS.test(to)) throw new Error('the recipient is not one e-mail address')
  return { to: { name: '', address: to }, subject: subject.replace(CONTROL, ' ') }
}
