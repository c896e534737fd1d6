/**
 * A 48-bit hash of a value. A gateway uses a keyed hash; a benchmark has no secrets and no attacker, so it needs neither
 * a key nor cryptography. MurmurHash3's mixing, twice from different starts.
 */
export function hashValue(value: string): number {
  let high = 0x9e3779b9
  let low = 0x85ebca6b
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x85ebca77)
    low = Math.imul(low ^ unit, 0xc2b2ae3d)
    high ^= high >>> 15
    low ^= low >>> 13
  }
  return (mixed(high ^ value.length) & 0xffff) * 2 ** 32 + (mixed(low ^ high) >>> 0)
}

function mixed(bits: number): number {
  const once = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}
