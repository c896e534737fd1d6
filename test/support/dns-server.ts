import { createSocket, type Socket } from 'node:dgram'

/** A DNS server on loopback that only knows TXT records (RFC 1035). */
export interface DnsServer {
  /** As the settings name it. */
  readonly address: string
  /** The texts at each name; tests may change it. */
  readonly texts: Map<string, readonly string[]>
  /** While true, every question is answered with a server failure. */
  isFailing: boolean
  close(): Promise<void>
}

const TXT = 16
const HEADER_BYTES = 12
const [NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME] = [0, 2, 3]

export async function dnsServer(): Promise<DnsServer> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const server: DnsServer = {
    address: `127.0.0.1:${socket.address().port}`,
    texts: new Map(),
    isFailing: false,
    close: () => new Promise((resolve) => void socket.close(() => resolve())),
  }
  answerOn(socket, server)
  return server
}

function answerOn(socket: Socket, server: DnsServer): void {
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query)
    const texts = type === TXT ? (server.texts.get(name) ?? null) : null
    const code = server.isFailing ? SERVER_FAILURE : texts ? NO_ERROR : NO_SUCH_NAME
    const answers = (code === NO_ERROR ? (texts ?? []) : []).map(recordOf)
    const header = Buffer.alloc(HEADER_BYTES)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | code, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]), from.port, from.address)
  })
}

function readQuestion(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

/** A TXT record of the name in the question, its text in parts of at most 255 bytes. */
function recordOf(text: string): Buffer {
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at < Math.max(1, bytes.length); at += 255) {
    const part = bytes.subarray(at, at + 255)
    parts.push(Buffer.from([part.length]), part)
  }
  const data = Buffer.concat(parts)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(TXT, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(0, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
