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
  /** Every command, in order. */
  readonly commands: string[]
  /** Closes every connection, as servers do with idle ones. */
  hangUp(): void
  close(): Promise<void>
}

/** What a server does instead of its usual reply: sends a line, closes the connection, or stays silent. */
export type Turn = { readonly says: string } | 'hangs up' | 'is silent' | null

/** Called before each reply, also for `GREETING` and `MESSAGE`. Null: the usual reply. */
export type Script = (command: string, nth: number) => Turn

/** The part of RFC 5321 that sending mail needs, on loopback, with the faults of a script. */
export async function startSmtpServer(script: Script = () => null): Promise<SmtpServer> {
  const received: ReceivedMail[] = []
  const logins: string[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    converse(socket, { received, logins, commands, script })
  })
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://user:p%40ss@127.0.0.1:${port}`,
    received,
    logins,
    commands,
    hangUp,
    close: async () => {
      hangUp()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Kept {
  readonly received: ReceivedMail[]
  readonly logins: string[]
  readonly commands: string[]
  readonly script: Script
}

function converse(socket: Socket, { received, logins, commands, script }: Kept): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  let pending = ''
  let from = ''
  let recipients: string[] = []
  let content: string[] | null = null

  /** Whether the script replied. */
  const interrupted = (command: string): boolean => {
    commands.push(command)
    const turn = script(command, commands.filter((each) => each === command).length)
    if (turn === null) return false
    if (turn === 'hangs up') socket.destroy()
    else if (turn !== 'is silent') say(turn.says)
    return true
  }
  const onLine = (line: string): void => {
    if (content) {
      if (line !== '.') return void content.push(line)
      const mail = { from, recipients, content: content.join('\n') }
      content = null
      if (interrupted('MESSAGE')) return
      received.push(mail)
      return say('250 taken')
    }
    if (interrupted(line.split(/[ :]/)[0]?.toUpperCase() ?? '')) return
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
      say('250 ok')
    } else if (/^DATA/i.test(line)) {
      content = []
      say('354 go on')
    } else if (/^STARTTLS/i.test(line)) say('502 no')
    else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
    else say('250 ok')
  }
  if (!interrupted('GREETING')) say('220 here')
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString()).split('\r\n')
    pending = lines.pop() ?? ''
    lines.forEach(onLine)
  })
}
