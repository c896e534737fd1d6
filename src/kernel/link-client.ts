import { secondsAfter } from './clock.js'
import type { CredentialJar } from './request-context.js'

/** How long a browser is recognised as the one that requested a link, however many links it requests. */
const CLIENT_SECONDS = 86_400

/**
 * Gives a browser the secret that tells it apart from other browsers. The secret lives as long as the browser's newest
 * link.
 */
export function keepLinkClient(jar: CredentialJar, client: string, link: { now: Date; lifetimeSeconds: number }): void {
  const expiresAt = secondsAfter(link.now, Math.max(CLIENT_SECONDS, link.lifetimeSeconds))
  jar.setLinkClient({ token: client, expiresAt })
}
