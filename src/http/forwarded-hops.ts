import { isIP } from 'node:net'

const IN_BRACKETS = /^\[([^\]]+)\](?::[\w.-]{1,32})?$/
const V4_WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):[\w.-]{1,32}$/
const FOR = /^\s*for\s*=/i

/**
 * The addresses that a forwarding header names, nearest hop first; null for a hop that wrote no address, such as `unknown`.
 * Reads `X-Forwarded-For` and its relatives as proxies write them, and `Forwarded` (RFC 7239). Commas separate hops even
 * inside quotes: otherwise a quote that the client sends could swallow what the proxy adds after it.
 */
export function* forwardedHops(header: string): Generator<string | null> {
  let end = header.length
  while (end >= 0) {
    const comma = header.lastIndexOf(',', end - 1)
    yield hopAddress(header.slice(comma + 1, end))
    if (comma === -1) return
    end = comma
  }
}

/** `1.2.3.4`, `1.2.3.4:80`, `2001:db8::1`, `"[2001:db8::1]:443"`, `for="[2001:db8::1]:_port";proto=https`. */
function hopAddress(hop: string): string | null {
  const node = hop.split(';').find((parameter) => FOR.test(parameter))
  const text = (node?.replace(FOR, '') ?? hop)
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
  const address = IN_BRACKETS.exec(text)?.[1] ?? V4_WITH_PORT.exec(text)?.[1] ?? text
  return isIP(address) ? address : null
}
