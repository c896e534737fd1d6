/** JSON with sorted keys and marked dates, so that equal values give equal bytes on every adapter. */
export function canonicalJson(value: unknown): string {
  if (value instanceof Date) return `{"$date":${JSON.stringify(value)}}`
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'object') return JSON.stringify(value)
  const members = value as Readonly<Record<string, unknown>>
  const names = Object.keys(members).filter((name) => members[name] !== undefined)
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`)
    .join(',')}}`
}
