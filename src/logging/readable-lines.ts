const CONTROL = /\p{Cc}/gu
const PLAIN = /^[^\s"=\p{Cc}]+$/u
/** Fields that have a place of their own in the line. */
const PLACED: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'err'])

/**
 * Log lines for people at a terminal, such as `12:30:05 INFO listening url=http://127.0.0.1:4000`, with the stack of an
 * error below. pino-pretty would print control characters of an error's message as they are, and so let a caller write to
 * the operator's terminal (R117).
 */
export const readableLines = (write: (text: string) => void): { write(line: string): void } => ({
  write: (line) => write(readable(JSON.parse(line) as Record<string, unknown>)),
})

function readable(entry: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(entry).filter(([name, value]) => !PLACED.has(name) && value !== null)
  const time = String(entry['time']).slice(11, 19)
  const said = [time, String(entry['level']).toUpperCase(), printable(entry['msg'] ?? '')]
  const line = [...said, ...fields.map(([name, value]) => `${name}=${textOf(value)}`)].join(' ')
  return [line, ...stackOf(entry['err'])].map((each) => `${each}\n`).join('')
}

const textOf = (value: unknown): string =>
  typeof value === 'string' && PLAIN.test(value) ? value : printable(JSON.stringify(value))

function stackOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return []
  const { stack, message, cause } = error as Readonly<Record<string, unknown>>
  const text = typeof stack === 'string' ? stack : message
  const lines = typeof text === 'string' ? text.split('\n') : []
  return [...lines.map((line) => `    ${printable(line)}`), ...stackOf(cause)]
}

/** Control characters, which a terminal would obey, become escapes. */
const printable = (value: unknown): string =>
  String(value).replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
