import { createClient } from '../../test/support/client.js'
import { until, type Mail, type TestGateway } from '../../test/support/gateway.js'
import type { ChildServer } from './child.js'
import { runningClock } from './running-clock.js'

/** What tests make people with, for a gateway in a process of its own. */
export function remoteGateway(server: ChildServer): TestGateway {
  const clock = runningClock()
  const linksIn = async (address: string): Promise<readonly string[]> => {
    const response = await fetch(`${server.url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly Mail[] }
    return messages
      .filter(({ to }) => to === address)
      .flatMap(({ text }) => /\/confirm#token=(\S+)/.exec(text)?.[1] ?? [])
  }
  const gateway = {
    url: server.url,
    clock: {
      ...clock,
      advance: (seconds: number): void => {
        clock.advance(seconds)
        void server.ask('advance', seconds)
      },
    },
    client: (options?: Parameters<TestGateway['client']>[0]) => createClient(server.url, options),
    linksTo: async (address: string) => (await linksIn(address)).length,
    linkTokenFor: (address: string) => until(async () => (await linksIn(address)).at(-1) ?? null),
  } satisfies Partial<TestGateway>
  return gateway as unknown as TestGateway
}
