import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly form: Readonly<Record<string, string>>
}

export interface TwilioServer {
  readonly url: string
  readonly received: ReceivedRequest[]
  /** The answers to the next requests. */
  answerWith(answer: (response: ServerResponse) => void): void
  close(): Promise<void>
}

export const ACCOUNT_SID = `AC${'0'.repeat(32)}`
export const AUTH_TOKEN = 'twilio-canary-token'

/** The part of Twilio's API that sending a message needs, on loopback. */
export async function startTwilioServer(): Promise<TwilioServer> {
  const received: ReceivedRequest[] = []
  let answer: (response: ServerResponse) => void = taken
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      received.push({ method, path, headers, form: Object.fromEntries(new URLSearchParams(body)) })
      answer(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answerWith: (given) => (answer = given),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The answer for an accepted message. */
export const taken = (response: ServerResponse): void =>
  json(response, 201, { sid: `SM${'1'.repeat(32)}`, status: 'queued', error_code: null })

/** An error like Twilio's, which quotes the number. */
export const refusedWith =
  (status: number, code: number) =>
  (response: ServerResponse): void =>
    json(response, status, {
      code,
      message: "The 'To' number +12025550123 is not valid",
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    })

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
