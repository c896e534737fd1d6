import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface ReceivedMail {
  readonly from: string
  readonly recipients: readonly string[]
  readonly content: string
}

export interface SmtpServer {
  readonly url: string
  readonly received: ReceivedMail[]
  readonly logins: string[]
  close(): Promise<void>
}

/** As much of RFC 5321 as a client needs to hand over mail, on loopback. */
export async function startSmtpServer({ refuseRecipients = false } = {}): Promise<SmtpServer> {
  const received: ReceivedMail[] = []
  const logins: string[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    converse(socket, received, logins, refuseRecipients)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://user:p%40ss@127.0.0.1:${port}`,
    received,
    logins,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function converse(socket: Socket, received: ReceivedMail[], logins: string[], refuseRecipients: boolean): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  let pending = ''
  let from = ''
  let recipients: string[] = []
  let content: string[] | null = null
  const onLine = (line: string): void => {
    if (content) {
      if (line !== '.') return void content.push(line)
      received.push({ from, recipients, content: content.join('\n') })
      content = null
      return say('250 taken')
    }
    const argument = line.slice(line.indexOf(':') + 1)
    if (/^EHLO/i.test(line)) say('250-here\r\n250 AUTH PLAIN')
    else if (/^AUTH PLAIN /i.test(line)) {
      logins.push(Buffer.from(line.slice(11), 'base64').toString())
      say('235 welcome')
    } else if (/^MAIL FROM/i.test(line)) {
      from = argument
      recipients = []
      say('250 ok')
    } else if (/^RCPT TO/i.test(line)) {
      recipients.push(argument)
      say(refuseRecipients ? `550 no ${argument} here` : '250 ok')
    } else if (/^DATA/i.test(line)) {
      content = []
      say('354 go on')
    } else if (/^STARTTLS/i.test(line)) say('502 no')
    else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
    else say('250 ok')
  }
  say('220 here')
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString()).split('\r\n')
    pending = lines.pop() ?? ''
    lines.forEach(onLine)
  })
}
