import { createTransport } from 'nodemailer'
import { judgeFailure, type SmtpFailure } from './smtp-failure.js'

/** How long is waited for a server, in milliseconds. */
export interface SmtpPatience {
  /** For the connection, and as long again for its greeting. */
  readonly connect: number
  /** For each of its answers. */
  readonly answer: number
  /** For a whole attempt, however it is drawn out. */
  readonly attempt: number
}

export interface SmtpServerSettings {
  /** `smtp://` or `smtps://`, with user and password. */
  readonly url: string
  /** Refuse to talk to a server that offers no TLS. */
  readonly requireTls: boolean
  readonly patience: SmtpPatience
  /** Certificate authorities to trust in place of those of Node, as PEM; for tests. */
  readonly ca?: string
}

/** A mail as nodemailer takes it. */
export interface Envelope {
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html?: string
}

export interface SmtpTransport {
  /** One attempt. Null: the server has taken the message. Never throws what the server said: it quotes the recipient. */
  handOver(mail: Envelope): Promise<SmtpFailure | null>
  close(): void
}

const CONNECTIONS = 3
// RFC 3834 5: no automatic answer may come back.
const HEADERS = { 'Auto-Submitted': 'auto-generated' }

/** Talks to the mail server over a few kept connections. */
export function createSmtpTransport({ url, requireTls, patience, ca }: SmtpServerSettings): SmtpTransport {
  const transport = createTransport({
    ...connectionOf(url),
    pool: true,
    maxConnections: CONNECTIONS,
    // A kept connection may have been closed meanwhile: once more over a new one. Further attempts are ours.
    maxRequeues: 1,
    requireTLS: requireTls,
    // Never on in plain text after a failed STARTTLS, and never without a look at the certificate.
    opportunisticTLS: false,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.answer,
    // Nothing in a message may name a file or an address to be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    handOver: async (mail) => {
      const signal = AbortSignal.timeout(patience.attempt)
      try {
        await transport.sendMail({ ...mail, headers: HEADERS, signal })
        return null
      } catch (error) {
        return judgeFailure(error)
      }
    },
    // What could finish has finished by now.
    close: () => transport.close({ force: true }),
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
