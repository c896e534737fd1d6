import UAParser from 'ua-parser-js'
import { createBoundedCache } from './bounded-cache.js'

/** What ua-parser-js finds in a `User-Agent` header, by its own names. */
export interface UserAgent {
  readonly browser: string | null
  readonly version: string | null
  readonly system: string | null
}

// Browsers send about 120 characters. What is longer is cut before any pattern sees it (R087).
const LONGEST_AGENT = 400
// Most people use one of a few agents, and a sign-in looks at its agent several times.
const KEPT_CHARACTERS = 250_000
const known = createBoundedCache<UserAgent>(KEPT_CHARACTERS)

export function readUserAgent(header: string): UserAgent {
  const text = header.slice(0, LONGEST_AGENT)
  const read = known.get(text)
  if (read) return read
  const parser = new UAParser(text)
  const { name, version } = parser.getBrowser()
  const agent = { browser: name ?? null, version: version ?? null, system: parser.getOS().name ?? null }
  known.set(text, agent, text.length)
  return agent
}
