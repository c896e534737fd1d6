import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy on loopback that can lose its server in the ways networks do. */
export interface FaultProxy {
  readonly port: number
  /** `pass` forwards; `refuse` cuts and refuses connections; `black-hole` takes everything and answers nothing. */
  become(mode: FaultMode): void
  close(): Promise<void>
}

export type FaultMode = 'pass' | 'refuse' | 'black-hole'

export async function startFaultProxy(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  let mode: FaultMode = 'pass'

  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.resetAndDestroy()
      return
    }
    const upstream = connect(target)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => {
        if (mode === 'pass') to.write(chunk)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    become: (next) => {
      mode = next
      if (next === 'refuse') for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
