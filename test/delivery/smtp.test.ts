import { createSmtpMailer, type SmtpMailer } from '../../src/delivery/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { startSmtpServer, type SmtpServer } from './smtp-server.js'

let server: SmtpServer
let mailer: SmtpMailer

const mailerFor = (url: string, requireTls = false): SmtpMailer =>
  createSmtpMailer({ url, from: 'stepgate@example.com', serviceName: 'Stepgate', requireTls })

beforeEach(async () => {
  server = await startSmtpServer()
  mailer = mailerFor(server.url)
})

afterEach(async () => {
  mailer.close()
  await server.close()
})

const MESSAGE = { to: 'ada@example.com', subject: 'Your code', text: 'It is 123456.' }

it('hands a message over, with the name and password of the address', async () => {
  await mailer.send(MESSAGE)
  expect(server.received).toMatchObject([{ from: '<stepgate@example.com>', recipients: ['<ada@example.com>'] }])
  const { content } = server.received[0] ?? { content: '' }
  expect(content).toMatch(/^From: Stepgate <stepgate@example\.com>$/m)
  expect(content).toMatch(/^To: ada@example\.com$/m)
  expect(content).toMatch(/^Subject: Your code$/m)
  expect(content).toContain('It is 123456.')
  expect(server.logins).toEqual(['\0user\0p@ss'])
})

it('sends text and HTML together when there is both', async () => {
  await mailer.send({ ...MESSAGE, html: '<p>It is <b>123456</b>.</p>' })
  expect(server.received[0]?.content).toContain('multipart/alternative')
})

it('keeps a subject in its line', async () => {
  await mailer.send({ ...MESSAGE, subject: 'Hi\r\nBcc: eve@example.com\r\n\r\nbody' })
  expect(server.received[0]?.recipients).toEqual(['<ada@example.com>'])
  expect(server.received[0]?.content).not.toMatch(/^Bcc:/m)
  expect(server.received[0]?.content).toMatch(/^Subject: Hi Bcc: eve@example\.com body$/m)
})

it.each([
  'ada@example.com, eve@example.com',
  'ada@example.com\r\nRCPT TO:<eve@example.com>',
  'Ada <ada@example.com>',
  'ada@example.com>',
  'ada',
  '',
])('refuses %j, which is not one address', async (to) => {
  await expect(mailer.send({ ...MESSAGE, to })).rejects.toThrow('not one e-mail address')
  expect(server.received).toEqual([])
})

describe('is unavailable, and quotes nobody,', () => {
  it('when the server refuses the recipient', async () => {
    const strict = await startSmtpServer({ refuseRecipients: true })
    const other = mailerFor(strict.url)
    const thrown: unknown = await other.send(MESSAGE).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Unavailable)
    expect(JSON.stringify(thrown) + String(thrown)).not.toContain('ada@')
    other.close()
    await strict.close()
  })

  it('when nobody listens', async () => {
    const gone = await startSmtpServer()
    await gone.close()
    await expect(mailerFor(gone.url).send(MESSAGE)).rejects.toThrow(Unavailable)
  })

  it('when TLS is required and not offered, before a password is sent', async () => {
    const careful = mailerFor(server.url, true)
    await expect(careful.send(MESSAGE)).rejects.toThrow(Unavailable)
    expect(server.logins).toEqual([])
    careful.close()
  })
})
