import { inspect } from 'node:util'
import { createTwilioTexts } from '../../src/delivery/index.js'
import { Undeliverable } from '../../src/factors/index.js'
import { silentLogger, type Logger } from '../../src/kernel/logger.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { ACCOUNT_SID, AUTH_TOKEN, refusedWith, startTwilioServer, type TwilioServer } from './twilio-server.js'

const NUMBER = '+12025550123'
const MESSAGE = { to: NUMBER, text: '012345 is your code: ä€🙂 & = +' }

let server: TwilioServer
let logged: string[]
beforeEach(async () => {
  server = await startTwilioServer()
  logged = []
})
afterEach(() => server.close())

function texts({ from = '+12025550100', url = server.url, patienceMilliseconds = 5_000 } = {}) {
  const write = (fields: object, message: string) => void logged.push(message + inspect(fields, { depth: 9 }))
  const logger: Logger = { ...silentLogger, warn: write, error: write, info: write, debug: write }
  return createTwilioTexts(
    { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, from, url },
    { logger, patienceMilliseconds },
  )
}

/** The error that sending throws. Neither it nor the log contains number, text or token. */
async function faultOf(sending: Promise<void>): Promise<unknown> {
  const fault = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const told = inspect(fault, { depth: 9, showHidden: true }) + logged.join('\n')
  expect(told).not.toMatch(/2025550123|012345|canary/)
  return fault
}

it('sends the text to Twilio, with the account and its secret', async () => {
  await texts().send(MESSAGE)
  expect(server.received).toHaveLength(1)
  const [request] = server.received
  expect(request).toMatchObject({
    method: 'POST',
    path: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
    form: { To: NUMBER, From: '+12025550100', Body: MESSAGE.text },
  })
  expect(Object.keys(request?.form ?? {}).toSorted()).toEqual(['Body', 'From', 'To'])
  const basic = Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')
  expect(request?.headers.authorization).toBe(`Basic ${basic}`)
  expect(request?.headers['content-type']).toContain('application/x-www-form-urlencoded')
  expect(logged).toEqual([])
})

it.each([
  ['a messaging service', `MG${'a1'.repeat(16)}`, { MessagingServiceSid: `MG${'a1'.repeat(16)}` }],
  ['a name', 'Stepgate', { From: 'Stepgate' }],
  ['a name that begins as the id of a service', 'MGM Hotels', { From: 'MGM Hotels' }],
])('sends as %s', async (_, from, sender) => {
  await texts({ from }).send(MESSAGE)
  expect(server.received[0]?.form).toEqual({ To: NUMBER, Body: MESSAGE.text, ...sender })
})

it.each([21211, 21214, 21217, 21265, 21408, 21608, 21610, 21612, 21614, 21635])(
  'is undeliverable when Twilio says %i: nothing will ever arrive there',
  async (code) => {
    server.answerWith(refusedWith(400, code))
    expect(await faultOf(texts().send(MESSAGE))).toEqual(new Undeliverable('sms'))
    expect(logged.join()).toContain(String(code))
  },
)

describe('is unavailable', () => {
  it.each([
    ['there are too many requests', 429, 20429],
    ['the secret is wrong', 401, 20003],
    ['the account is suspended', 403, 20005],
    ['the text is rejected', 400, 21617],
    ['it fails', 500, 20500],
    ['it fails with an error code about numbers', 503, 21211],
  ])('when %s', async (_, status, code) => {
    server.answerWith(refusedWith(status, code))
    expect(await faultOf(texts().send(MESSAGE))).toEqual(new Unavailable('sms'))
    expect(server.received).toHaveLength(1)
    expect(logged.join()).toContain(String(status))
  })

  it('when it does not answer in time', async () => {
    server.answerWith(() => undefined)
    expect(await faultOf(texts({ patienceMilliseconds: 100 }).send(MESSAGE))).toEqual(new Unavailable('sms'))
  })

  it('when it sends its answer one byte at a time', async () => {
    let dripping: NodeJS.Timeout | undefined
    server.answerWith((response) => {
      response.writeHead(201, { 'content-type': 'application/json' })
      dripping = setInterval(() => response.write(' '), 20)
    })
    expect(await faultOf(texts({ patienceMilliseconds: 200 }).send(MESSAGE))).toEqual(new Unavailable('sms'))
    clearInterval(dripping)
  })

  it.each([
    ['drops the connection', 0],
    ['drops it in the middle of its answer', 10],
  ])('when it %s', async (_, bytes) => {
    server.answerWith((response) => {
      if (bytes === 0) return void response.socket?.destroy()
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"sid": "S', () => response.socket?.destroy())
    })
    expect(await faultOf(texts().send(MESSAGE))).toEqual(new Unavailable('sms'))
  })

  it.each([
    ['is not JSON', '<html>+12025550123</html>'],
    ['is cut off', '{"sid": "SM'],
    ['never ends', 'x'.repeat(200_000)],
    ['is empty', ''],
  ])('when its answer %s', async (_, body) => {
    server.answerWith((response) => response.writeHead(201, { 'content-type': 'application/json' }).end(body))
    expect(await faultOf(texts().send(MESSAGE))).toEqual(new Unavailable('sms'))
  })

  it.each([301, 302, 307, 308])('when it redirects with %i, which is not followed', async (status) => {
    const elsewhere = await startTwilioServer()
    server.answerWith((response) => response.writeHead(status, { location: `${elsewhere.url}/steal` }).end())
    expect(await faultOf(texts().send(MESSAGE))).toEqual(new Unavailable('sms'))
    expect(elsewhere.received).toEqual([])
    await elsewhere.close()
  })

  it('when nothing listens', async () => {
    const gone = await startTwilioServer()
    await gone.close()
    expect(await faultOf(texts({ url: gone.url }).send(MESSAGE))).toEqual(new Unavailable('sms'))
    expect(logged.join()).toContain('ECONNREFUSED')
  })
})
