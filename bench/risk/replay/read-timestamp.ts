const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?$/i
/** Between 1973 and 2286; ten digits would be seconds, which is not guessed. */
const EPOCH_MS = /^\d{12,13}$/

/**
 * Milliseconds since 1970 from `2020-02-03 12:43:30.772`, ISO 8601 or epoch milliseconds; null when it is none of them.
 * Without a zone it is UTC.
 */
export function readTimestamp(text: string): number | null {
  if (EPOCH_MS.test(text)) return Number(text)
  const found = DATE_TIME.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(numberOf)
  if (hour > 23 || minute > 59 || second > 59) return null
  const midnight = Date.UTC(year, month - 1, day)
  // The 30th of February is the 1st of March to Date.UTC.
  const date = new Date(midnight)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  const milliseconds = numberOf((found[7] ?? '').padEnd(3, '0').slice(0, 3))
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetMs(found[8])
}

const numberOf = (digits: string | undefined): number => Number(digits ?? 0)

function offsetMs(zone = 'Z'): number {
  if (zone.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
