import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedPush {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A push service on loopback that records what it is sent. */
export interface PushService {
  readonly origin: string
  readonly received: readonly ReceivedPush[]
  /** How the next requests are answered; `hang-up` closes the connection, `silence` never answers. */
  answerWith(answer: number | 'hang-up' | 'silence', headers?: Readonly<Record<string, string>>): void
  close(): Promise<void>
}

export async function startPushService(): Promise<PushService> {
  const received: ReceivedPush[] = []
  let answer: number | 'hang-up' | 'silence' = 201
  let extra: Readonly<Record<string, string>> = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url = '', method = '', headers } = request
      received.push({ path: url, method, headers, body: Buffer.concat(chunks) })
      if (answer === 'silence') return
      if (answer === 'hang-up') request.socket.destroy()
      else response.writeHead(answer, extra).end('x'.repeat(100_000))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    answerWith: (next, headers = {}) => {
      answer = next
      extra = headers
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The browser's side: keys of a subscription, and how it decrypts messages (RFC 8291, implemented independently). */
export function newReceiver(keys: { readonly privateKey?: string; readonly auth?: string } = {}) {
  const pair = createECDH('prime256v1')
  if (keys.privateKey) pair.setPrivateKey(Buffer.from(keys.privateKey, 'base64url'))
  else pair.generateKeys()
  const auth = keys.auth ?? randomBytes(16).toString('base64url')
  const own = pair.getPublicKey()
  return {
    keys: { p256dh: own.toString('base64url'), auth },
    read: (body: Buffer): { readonly text: string; readonly recordBytes: number } => {
      const salt = body.subarray(0, 16)
      const recordBytes = body.readUInt32BE(16)
      const sender = body.subarray(21, 21 + body.readUInt8(20))
      const record = body.subarray(21 + sender.length)
      const bytes = (secret: Buffer, with_: Buffer, info: Buffer, length: number) =>
        Buffer.from(hkdfSync('sha256', secret, with_, info, length))
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender])
      const shared = bytes(pair.computeSecret(sender), Buffer.from(auth, 'base64url'), info, 32)
      const key = bytes(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = bytes(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: 16 })
      decipher.setAuthTag(record.subarray(-16))
      const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
      return { text: plain.subarray(0, plain.lastIndexOf(2)).toString(), recordBytes }
    },
  }
}
