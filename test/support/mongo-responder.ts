import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import mongoose from 'mongoose'

const { BSON } = mongoose.mongo
const HEADER_BYTES = 16
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013

type Command = Record<string, unknown>

export interface MongoResponder {
  readonly host: string
  close(): void
}

/** Speaks enough of MongoDB's wire protocol to be found and to refuse: each command gets the answer of `answer`. */
export async function mongoResponder(answer: (command: Command) => Command): Promise<MongoResponder> {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      waiting = Buffer.concat([waiting, bytes])
      while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
        const length = waiting.readInt32LE(0)
        socket.write(reply(waiting.subarray(0, length), answer))
        waiting = waiting.subarray(length)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { host: `127.0.0.1:${port}`, close: () => void server.close() }
}

/** The server's first answer to each connection, as a member of the replica set `rs0`. */
export const helloOf = (host: string): Command => ({
  ...{ ok: 1, ismaster: true, isWritablePrimary: true, setName: 'rs0', setVersion: 1, me: host, hosts: [host] },
  ...{ primary: host, minWireVersion: 0, maxWireVersion: 21, maxBsonObjectSize: 16_777_216 },
  ...{ maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000, localTime: new Date(0) },
})

function reply(message: Buffer, answer: (command: Command) => Command): Buffer {
  const request = message.readInt32LE(4)
  const isQuery = message.readInt32LE(12) === OP_QUERY
  // OP_QUERY: flags, name of the collection, two numbers, document. OP_MSG: flags, kind of section, document.
  const start = isQuery ? message.indexOf(0, HEADER_BYTES + 4) + 9 : HEADER_BYTES + 5
  const size = message.readInt32LE(start)
  const document = BSON.serialize(answer(BSON.deserialize(message.subarray(start, start + size))))
  const before = Buffer.alloc(isQuery ? 20 : 5)
  if (isQuery) before.writeInt32LE(1, 16)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeInt32LE(HEADER_BYTES + before.length + document.length, 0)
  header.writeInt32LE(request, 8)
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12)
  return Buffer.concat([header, before, document])
}
