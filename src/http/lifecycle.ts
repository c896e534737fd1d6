import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../kernel/logger.js'
import type { BackgroundWork } from './background-work.js'
import { listenFailure } from './listen-failure.js'
import type { HttpConfig } from './ports.js'
import type { StartLink } from './start-page.js'

const SWEEP_MILLISECONDS = 50

/** A listening server. */
export interface RunningServer {
  /** The URL it listens at. */
  readonly url: string
  /** Pages for developers; empty in production. */
  readonly links: readonly StartLink[]
  /** Stops accepting requests, waits for running ones, and closes those that do not finish in time. */
  close(): Promise<void>
}

export interface LifecycleDeps {
  readonly config: Pick<HttpConfig, 'server'>
  readonly logger: Logger
  readonly background: BackgroundWork
  readonly links: readonly StartLink[]
  /** Called first when the server stops. */
  readonly onDrain: () => void
}

/** A shared browser may hold hundreds of device cookies from before their limit. They must not lock its people out. */
const MAX_HEADER_BYTES = 57_344

export async function listen(deps: LifecycleDeps, listener: RequestListener): Promise<RunningServer> {
  const { server: settings } = deps.config
  const server = createServer(
    {
      requestTimeout: settings.requestTimeoutSeconds * 1000,
      headersTimeout: settings.headersTimeoutSeconds * 1000,
      keepAliveTimeout: settings.keepAliveSeconds * 1000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (req, res) => {
      // Express would throw for a target that it cannot parse, before an error handler could catch it.
      if (isTarget(req.url ?? '')) listener(req, res)
      else res.writeHead(400, { Connection: 'close' }).end()
    },
  )
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void => reject(listenFailure(error, settings))
    server.once('error', refuse)
    server.listen(settings.port, settings.host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
  let closing: Promise<void> | null = null
  return { url: urlOf(server), links: deps.links, close: () => (closing ??= drain(deps, server)) }
}

async function drain({ config, logger, background, onDrain }: LifecycleDeps, server: Server): Promise<void> {
  onDrain()
  const finished = new Promise<void>((resolve) => server.close(() => resolve())).then(() => background.settled())
  // A kept connection becomes idle only after its answer was sent, and no event reports that.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS)
  const patience = new AbortController()
  const tooLate = wait(config.server.drainSeconds * 1000, 'too-late' as const, { signal: patience.signal })
  const outcome = await Promise.race([finished, tooLate.catch(() => undefined)])
  clearInterval(sweep)
  patience.abort()
  if (outcome === 'too-late') {
    logger.warn({}, 'requests were cut off: they did not finish in time')
    server.closeAllConnections()
  }
}

const isTarget = (url: string): boolean => url.startsWith('/') || URL.canParse(url)

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
