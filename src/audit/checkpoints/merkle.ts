import { createHash } from 'node:crypto'

/*
 * The Merkle tree of RFC 6962 section 2.1. Leaves and nodes are hashed with different prefixes, so that no node can be
 * passed off as a leaf. Hashes are SHA-256.
 */

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

export const leafHash = (leaf: Buffer): Buffer => sha256(LEAF, leaf)

/** The root over leaves that are hashed already (`leafHash`). */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  let level = leaves
  while (level.length > 1) level = nextLevel(level)
  return level[0] as Buffer
}

/** The neighbours that lead from a leaf to the root, from the bottom up (section 2.1.1). */
export function inclusionPath(leaves: readonly Buffer[], index: number): Buffer[] {
  const path: Buffer[] = []
  let [level, place] = [leaves, index]
  while (level.length > 1) {
    const neighbour = level[place ^ 1]
    if (neighbour) path.push(neighbour)
    level = nextLevel(level)
    place >>= 1
  }
  return path
}

export interface Inclusion {
  readonly leaf: Buffer
  readonly index: number
  /** How many leaves the tree has. */
  readonly size: number
  readonly path: readonly Buffer[]
}

/** The root that a path leads to (RFC 9162 section 2.1.3.2); null when no tree of this size has such a path there. */
export function rootOfPath({ leaf, index, size, path }: Inclusion): Buffer | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null
  let [place, last] = [index, size - 1]
  let node = leaf
  for (const neighbour of path) {
    if (last === 0) return null
    if (place % 2 === 1 || place === last) {
      node = sha256(NODE, neighbour, node)
      // At the right edge a node without a neighbour rises unchanged.
      while (place % 2 === 0 && place > 0) [place, last] = [place / 2, half(last)]
    } else {
      node = sha256(NODE, node, neighbour)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 ? node : null
}

const half = (place: number): number => Math.floor(place / 2)

function nextLevel(level: readonly Buffer[]): Buffer[] {
  const next: Buffer[] = []
  for (let place = 0; place < level.length; place += 2) {
    const [left, right] = [level[place] as Buffer, level[place + 1]]
    next.push(right ? sha256(NODE, left, right) : left)
  }
  return next
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
