import type { Values } from './settings.js'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'] as const

/** Whether mail is kept in the developer's outbox instead of being sent. */
export const hasOutbox = ({ mail: { outbox, smtpUrl }, process: { environment } }: Values): boolean =>
  outbox ?? (environment !== 'production' && smtpUrl === null)

export const allowedOriginsOf = ({ server: { allowedOrigins } }: Values, publicUrl: URL): readonly string[] =>
  allowedOrigins.length > 0 ? allowedOrigins : originsOf(publicUrl)

/** The public URL's own origin; on a laptop also the machine's other names, because people type any of them. */
function originsOf(publicUrl: URL): readonly string[] {
  if (!LOOPBACK.some((name) => name === publicUrl.hostname)) return [publicUrl.origin]
  const others = LOOPBACK.filter((name) => name !== publicUrl.hostname)
  return [publicUrl.origin, ...others.map((name) => originAt(publicUrl, name))]
}

function originAt(publicUrl: URL, hostname: string): string {
  const other = new URL(publicUrl)
  other.hostname = hostname
  return other.origin
}
