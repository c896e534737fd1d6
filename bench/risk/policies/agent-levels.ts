import UAParser from 'ua-parser-js'

/** A user agent as the RBA dataset splits it, and its families without versions. */
export interface AgentLevels {
  readonly full: string
  readonly browserVersion: string
  readonly systemVersion: string
  readonly deviceType: string
  readonly family: string
}

// Every browser release of a year on every system: a few thousand. Forged ones must not fill the memory.
const MOST_KEPT = 20_000
const LONGEST_AGENT = 400
const parsed = new Map<string, AgentLevels>()

export function agentLevels(userAgent: string): AgentLevels {
  const known = parsed.get(userAgent)
  if (known) return known
  const levels = parseNew(userAgent)
  if (parsed.size >= MOST_KEPT) parsed.clear()
  parsed.set(userAgent, levels)
  return levels
}

function parseNew(full: string): AgentLevels {
  const parser = new UAParser(full.slice(0, LONGEST_AGENT))
  const browser = parser.getBrowser()
  const system = parser.getOS()
  return {
    full,
    browserVersion: named(browser),
    systemVersion: named(system),
    deviceType: parser.getDevice().type ?? 'desktop',
    family: `${browser.name ?? ''} on ${system.name ?? ''}`,
  }
}

const named = ({
  name = '',
  version = '',
}: {
  readonly name?: string | undefined
  readonly version?: string | undefined
}): string => `${name} ${version}`
