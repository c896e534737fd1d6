type Attributes = Readonly<Record<string, string>>

/**
 * How alike what a client reports is to the most similar known device: 0 nothing, 1 some, 2 most, 3 everything. Null
 * when it reports nothing and no device ever did. Leaving out what devices used to report makes a client less like them.
 */
export function binOfFingerprint(reported: Attributes, known: readonly Attributes[]): number | null {
  const told = known.filter((attributes) => Object.keys(attributes).length > 0)
  if (told.length === 0) return null
  const best = Math.max(...told.map((attributes) => similarity(reported, attributes)))
  if (best >= 1) return 3
  if (best >= 0.6) return 2
  return best > 0.2 ? 1 : 0
}

/** Of all attributes that either of the two has, the share on which they agree. */
function similarity(a: Attributes, b: Attributes): number {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  const alike = [...names].filter((name) => a[name] !== undefined && a[name] === b[name])
  return alike.length / names.size
}
