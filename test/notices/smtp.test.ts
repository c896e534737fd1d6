import { SignUpDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { startSmtpServer, type SmtpServer } from '../delivery/smtp-server.js'
import { eventsOf, ROOMY } from '../support/answers.js'
import { CHROME, dataOf } from '../support/client.js'
import { startGateway, until, type TestGateway } from '../support/gateway.js'
import { parseMail, type ParsedMail } from '../support/mime.js'
import { reportNotMe } from '../support/notices.js'
import { PASSWORD, signIn } from '../support/person.js'

describe('a notice by SMTP', () => {
  let server: SmtpServer
  let gateway: TestGateway
  let refusesRecipients: boolean
  beforeEach(async () => {
    refusesRecipients = false
    server = await startSmtpServer((command) =>
      refusesRecipients && command.startsWith('RCPT') ? { says: '550 5.1.1 nobody here' } : null,
    )
    gateway = await startGateway({ env: { ...ROOMY, STEPGATE_SMTP_URL: server.url } })
  })
  afterEach(async () => {
    await gateway.close()
    await server.close()
  })

  /** The newest mail whose text matches; waits for it. */
  const mailWith = (pattern: RegExp): Promise<ParsedMail> =>
    until(async () => {
      const mails = server.received.map(({ content }) => parseMail(content))
      return mails.find(({ parts }) => pattern.test(parts.get('text/plain') ?? '')) ?? null
    })

  async function signedUp(email: string, language: string) {
    const headers = { 'accept-language': language }
    const client = gateway.client({ headers })
    dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
    const { parts } = await mailWith(/\/confirm#token=/)
    const token = /\/confirm#token=(\S+)/.exec(parts.get('text/plain') ?? '')?.[1] ?? ''
    dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
  }

  it('is sent as text and HTML to one recipient, in the language of the sign-up', async () => {
    const email = 'juergen@example.com'
    await signedUp(email, 'de-CH,de;q=0.9')
    await signIn(gateway, email)
    await signIn(gateway, email, { userAgent: CHROME })
    const mail = await mailWith(/ein Gerät angemeldet, das wir noch nicht kannten/)
    const received = server.received.at(-1)
    expect(received?.recipients).toEqual([`<${email}>`])
    expect(mail.headers.get('to')).toBe(email)
    expect(mail.headers.get('content-type')).toMatch(/^multipart\/alternative/)
    expect([...mail.parts.keys()]).toEqual(['text/plain', 'text/html'])
    expect(mail.parts.get('text/plain')).toContain('Gerät: Chrome unter Windows')
    expect(mail.parts.get('text/html')).toContain('<html lang="de"')
    const token = /\/not-me#token=(\S+)/.exec(mail.parts.get('text/plain') ?? '')?.[1] ?? ''
    dataOf(await reportNotMe(gateway, token))
  })

  it('that is rejected for good does not change the answer, and is recorded', async () => {
    const email = 'gone@example.com'
    await signedUp(email, 'en')
    await signIn(gateway, email)
    refusesRecipients = true
    const { result } = await signIn(gateway, email, { userAgent: CHROME })
    expect(result.__typename).toBe('SignedIn')
    const [event] = await until(async () => {
      const events = await eventsOf(gateway, email, 'message.undelivered')
      return events.length > 0 ? events : null
    })
    expect(event).toMatchObject({ outcome: 'FAILURE', metadata: { notice: 'new-device', failed: 1 } })
  })
})
