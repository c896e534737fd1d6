import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { CODE, mailing } from './mailing.js'

const certificate = (name: string): Promise<string> =>
  readFile(new URL(`./certificates/test-only-${name}.pem`, import.meta.url), 'utf8')

const USER = 'gate'
const PASSWORD = 'a pass:w/rd@'

interface TlsServer {
  readonly port: number
  /** The received messages, with whether the connection was encrypted and who signed in. */
  readonly received: { readonly secure: boolean; readonly user: string | undefined }[]
  /** Passwords that were sent, encrypted or not. */
  readonly passwords: string[]
  close(): Promise<void>
}

/** A mail server with TLS and AUTH. */
async function startTlsServer(options: SMTPServerOptions = {}): Promise<TlsServer> {
  const received: { secure: boolean; user: string | undefined }[] = []
  const passwords: string[] = []
  const server = new SMTPServer({
    key: await certificate('key'),
    cert: await certificate('certificate'),
    authOptional: false,
    onAuth: ({ username, password }, _session, callback) => {
      passwords.push(password ?? '')
      if (username === USER && password === PASSWORD) return callback(null, { user: username })
      callback(new Error('wrong'))
    },
    onData: (stream, { secure, user }, callback) => {
      stream.resume()
      stream.once('end', () => {
        received.push({ secure, user: user as string | undefined })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  const listening = await new Promise<ReturnType<SMTPServer['listen']>>((resolve) => {
    const inner = server.listen(0, '127.0.0.1', () => resolve(inner))
  })
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    passwords,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const credentials = (password = PASSWORD): string => `${USER}:${encodeURIComponent(password)}`
const TRUSTING = { requireTls: true, ca: await certificate('certificate') }

describe.each([
  ['STARTTLS', 'smtp', {}],
  ['TLS from the start', 'smtps', { secure: true }],
] as const)('over %s', (_, scheme, options) => {
  let server: TlsServer
  beforeEach(async () => {
    server = await startTlsServer(options)
  })
  afterEach(() => server.close())

  it('signs in and sends the message, encrypted', async () => {
    const { mailer } = mailing(`${scheme}://${credentials()}@localhost:${server.port}`, TRUSTING)
    await mailer.send(CODE)
    expect(server.received).toEqual([{ secure: true, user: USER }])
    await mailer.close(0)
  })

  it('is unavailable with a wrong password, and does not reveal it', async () => {
    const { mailer, logged } = mailing(`${scheme}://${credentials('wrong-canary')}@localhost:${server.port}`, TRUSTING)
    const thrown: unknown = await mailer.send(CODE).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Unavailable)
    expect(`${String(thrown)}${JSON.stringify(thrown)}${logged.join()}`).not.toContain('canary')
    expect(server.received).toEqual([])
    await mailer.close(0)
  })

  it.each([
    ['signed by an unknown authority', 'localhost', { requireTls: true }],
    ['for another name', '127.0.0.1', TRUSTING],
    ['signed by an unknown authority, when TLS is not required', 'localhost', { requireTls: false }],
  ])('sends no password to a server whose certificate is %s', async (_name, host, settings) => {
    const { mailer } = mailing(`${scheme}://${credentials()}@${host}:${server.port}`, settings)
    await expect(mailer.send(CODE)).rejects.toThrow(Unavailable)
    expect(server.passwords).toEqual([])
    expect(server.received).toEqual([])
    await mailer.close(0)
  })
})

describe('when TLS is required', () => {
  it.each([
    ['does not offer it', { disabledCommands: ['STARTTLS'], authOptional: true }],
    ['hides that it offers it', { hideSTARTTLS: true, authOptional: true, disabledCommands: ['STARTTLS'] }],
  ])('neither password nor message goes to a server that %s', async (_, options) => {
    const server = await startTlsServer(options)
    const { mailer } = mailing(`smtp://${credentials()}@localhost:${server.port}`, TRUSTING)
    await expect(mailer.send(CODE)).rejects.toThrow(Unavailable)
    expect(server.passwords).toEqual([])
    expect(server.received).toEqual([])
    await mailer.close(0)
    await server.close()
  })
})
