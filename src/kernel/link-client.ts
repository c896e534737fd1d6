import { secondsAfter } from './clock.js'
import type { CredentialJar } from './request-context.js'

/** How long a browser is known as the one that asked, however many links it asks for. */
const CLIENT_SECONDS = 86_400

/** Lets a browser keep the secret that tells it from other browsers, for as long as its newest link works. */
export function keepLinkClient(jar: CredentialJar, client: string, link: { now: Date; lifetimeSeconds: number }): void {
  const expiresAt = secondsAfter(link.now, Math.max(CLIENT_SECONDS, link.lifetimeSeconds))
  jar.setLinkClient({ token: client, expiresAt })
}
