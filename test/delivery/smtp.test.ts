import type { SmtpMailer } from '../../src/delivery/index.js'
import { CODE, mailing } from './mailing.js'
import { startSmtpServer, type SmtpServer } from './smtp-server.js'

let server: SmtpServer
let mailer: SmtpMailer

beforeEach(async () => {
  server = await startSmtpServer()
  mailer = mailing(server.url).mailer
})

afterEach(async () => {
  await mailer.close(0)
  await server.close()
})

const content = (): string => server.received[0]?.content ?? ''

it('sends a message, with the user and password of the URL', async () => {
  await mailer.send(CODE)
  expect(server.received).toMatchObject([{ from: '<stepgate@example.com>', recipients: ['<ada@example.com>'] }])
  expect(content()).toMatch(/^From: Stepgate <stepgate@example\.com>$/m)
  expect(content()).toMatch(/^To: ada@example\.com$/m)
  expect(content()).toMatch(/^Subject: Your code$/m)
  expect(content()).toContain('It is 123456.')
  expect(server.logins).toEqual(['\0user\0p@ss'])
})

it('marks messages as automatic and gives each its own id', async () => {
  await mailer.send(CODE)
  await mailer.send(CODE)
  expect(content()).toMatch(/^Auto-Submitted: auto-generated$/m)
  const ids = server.received.map((mail) => /^Message-ID: <(.+)@example\.com>$/m.exec(mail.content)?.[1])
  expect(new Set(ids).size).toBe(2)
  expect(ids).not.toContain(undefined)
})

it('sends text and HTML together when there are both', async () => {
  await mailer.send({ ...CODE, html: '<p>It is <b>123456</b>.</p>' })
  expect(content()).toContain('multipart/alternative')
})

it.each([
  ['a subject', { subject: 'Hi\r\nBcc: eve@example.com\r\n\r\nbody' }],
  ['a subject with a bare line feed', { subject: 'Hi\nBcc: eve@example.com' }],
  ['a subject with a bare carriage return', { subject: 'Hi\rBcc: eve@example.com' }],
  ['a text', { text: 'Hi\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<eve@example.com>' }],
])('adds neither header nor recipient nor message by %s', async (_, part) => {
  await mailer.send({ ...CODE, ...part })
  expect(server.received).toHaveLength(1)
  expect(server.received[0]?.recipients).toEqual(['<ada@example.com>'])
  expect(content().split('\n\n')[0]).not.toMatch(/^Bcc:/m)
  expect(server.commands.filter((command) => command === 'MAIL')).toHaveLength(1)
})

it.each([
  'ada@example.com, eve@example.com',
  'ada@example.com\r\nRCPT TO:<eve@example.com>',
  'ada@example.com\nBcc: eve@example.com',
  'ada@example.com\u0000',
  'Ada <ada@example.com>',
  'ada@example.com>',
  'ada@example.com SIZE=1',
  'ada;eve@example.com',
  '"ada eve"@example.com',
  'group:ada@example.com;',
  'ada',
  '',
])('refuses %j, which is not one address', async (to) => {
  await expect(mailer.send({ ...CODE, to })).rejects.toThrow('not one e-mail address')
  expect(server.commands).toEqual([])
})

it('keeps every line below the limit of SMTP', async () => {
  await mailer.send({ ...CODE, subject: 'x'.repeat(2000), text: 'y'.repeat(5000), html: `<p>${'z'.repeat(5000)}</p>` })
  const longest = Math.max(
    ...content()
      .split('\n')
      .map((line) => line.length),
  )
  expect(longest).toBeLessThanOrEqual(998)
})

it('encodes names and subjects outside ASCII', async () => {
  const named = mailing(server.url, { serviceName: 'Zürich Ämter 🏔 "Gate" <eve@example.com>' }).mailer
  await named.send({ ...CODE, subject: 'Dein Schlüssel 🔑 ключ' })
  const head = content().split('\n\n')[0] ?? ''
  expect(head).not.toMatch(/[^\r\n\t -~]/)
  expect(head).toMatch(/^Subject: =\?UTF-8\?/m)
  expect(head.replace(/\n\s+/g, ' ')).toMatch(/^From: .*<stepgate@example\.com>$/m)
  expect(server.received[0]?.from).toBe('<stepgate@example.com>')
  await named.close(0)
})
