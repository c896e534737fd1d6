/** A seeded stream of numbers: the same keys give the same world on every machine. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** An integer in [0, limit). */
  below(limit: number): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  exponential(mean: number): number
  pick<T>(items: readonly T[]): T
  /** 64 bits in hexadecimal, for identifiers. */
  id(): string
}

/** sfc32 by Chris Doty-Humphrey, seeded from a hash of the keys. */
export function createRandom(...keys: readonly (number | string)[]): Random {
  let [a, b, c, counter] = seedsOf(keys.join('/'))
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  const next = (): number => bits() / 4_294_967_296
  // The first outputs still resemble the seeds.
  for (let round = 0; round < 12; round++) bits()
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
    id: () => hex(bits()) + hex(bits()),
  }
}

const hex = (word: number): string => word.toString(16).padStart(8, '0')

type Seeds = [number, number, number, number]

/** FNV-1a, once for each word, each from another start. */
function seedsOf(text: string): Seeds {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  return words.map((start) => {
    let hash = start
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    return hash ^ (hash >>> 15)
  }) as Seeds
}
