import type { ByteReader, ByteWriter } from './bytes.js'

// The names that `describeAgent` gives. Append only: stored values name them by their place.
const BROWSERS = [
  ...['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'],
  ...['Samsung Internet', 'Web view', 'Facebook', 'Instagram', 'Google app', 'DuckDuckGo'],
]
const SYSTEMS = ['iOS', 'Android', 'Windows', 'macOS', 'ChromeOS', 'Linux']
const UNKNOWN = 'Unknown device'

const OTHER = 0
const PER_BROWSER = 16
const LABELS: ReadonlyMap<string, number> = new Map([
  [UNKNOWN, PER_BROWSER * 15],
  ...SYSTEMS.map((system, place) => [system, place + 1] as const),
  ...BROWSERS.flatMap((browser, row) => [
    [browser, (row + 1) * PER_BROWSER] as const,
    ...SYSTEMS.map((system, place) => [`${browser} on ${system}`, (row + 1) * PER_BROWSER + place + 1] as const),
  ]),
])
const NAMES: ReadonlyMap<number, string> = new Map([...LABELS].map(([name, place]) => [place, name]))

/** The name of a device: one byte, unless its owner chose it. */
export function writeLabel(writer: ByteWriter, name: string): void {
  const place = LABELS.get(name) ?? OTHER
  writer.byte(place)
  if (place === OTHER) writer.text(name)
}

export function readLabel(reader: ByteReader): string {
  const place = reader.byte()
  if (place === OTHER) return reader.text()
  const name = NAMES.get(place)
  if (name === undefined) throw new RangeError('a name has no meaning')
  return name
}
