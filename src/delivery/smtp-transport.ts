import { judgeFailure, type SmtpFailure } from './smtp-failure.js'

/** How long to wait for the server, in milliseconds. */
export interface SmtpPatience {
  /** For the connection, and the same time again for the greeting. */
  readonly connect: number
  /** For each reply. */
  readonly answer: number
  /** For a whole attempt. */
  readonly attempt: number
}

export interface SmtpServerSettings {
  /** `smtp://` or `smtps://`, with user and password. */
  readonly url: string
  /** Reject servers without TLS. */
  readonly requireTls: boolean
  readonly patience: SmtpPatience
  /** Certificate authorities to trust instead of Node's, as PEM; for tests. */
  readonly ca?: string
}

/** A mail in nodemailer's form. */
export interface Envelope {
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html?: string
}

export interface SmtpTransport {
  /** Makes one attempt. Null: the server accepted the message. Never throws the server's text, which quotes the recipient. */
  handOver(mail: Envelope): Promise<SmtpFailure | null>
  /** Connects, and signs in where a password is configured, without sending anything. Null: the server is ready. */
  greet(): Promise<SmtpFailure | null>
  close(): Promise<void>
}

const CONNECTIONS = 3
// RFC 3834 5: asks for no automatic replies.
const HEADERS = { 'Auto-Submitted': 'auto-generated' }

/** Talks to the mail server over a few connections that it keeps open. */
export function createSmtpTransport({ url, requireTls, patience, ca }: SmtpServerSettings): SmtpTransport {
  const connection = connectionOf(url)
  // Only a gateway with a mail server loads it.
  const opening = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      ...connection,
      pool: true,
      maxConnections: CONNECTIONS,
      // A kept connection may be closed by now, so there is one retry over a new one. The caller makes further attempts.
      maxRequeues: 1,
      requireTLS: requireTls,
      // Never continues in plain text after a failed STARTTLS, and always checks the certificate.
      opportunisticTLS: false,
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
      connectionTimeout: patience.connect,
      greetingTimeout: patience.connect,
      socketTimeout: patience.answer,
      // A message cannot make nodemailer read a file or fetch a URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  )
  return {
    handOver: async (mail) => {
      const transport = await opening
      const signal = AbortSignal.timeout(patience.attempt)
      try {
        await transport.sendMail({ ...mail, headers: HEADERS, signal })
        return null
      } catch (error) {
        return judgeFailure(error)
      }
    },
    greet: async () => {
      try {
        await (await opening).verify()
        return null
      } catch (error) {
        return judgeFailure(error)
      }
    },
    // Messages that could be sent have been sent by now.
    close: async () => (await opening).close({ force: true }),
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
