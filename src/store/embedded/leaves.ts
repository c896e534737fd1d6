import { types } from 'node:util'
import { isPlainObject } from '../check-value.js'

/** What the indexes of a table need of a row, one for each of their fields; a list when the field leads through one. */
export type Leaves = readonly unknown[]

/** Replaces an object that is a leaf. The indexes only need to know that there is one. */
const OBJECT = Object.freeze({})
const MISSING_MARK = { $: 0 }
const OBJECT_MARK = { $: 1 }

/** One leaf of what a path leads to in a row. */
export function leafOf(found: readonly unknown[]): unknown {
  const [leaf] = found
  return found.length === 1 && !Array.isArray(leaf) ? plain(leaf) : found.flatMap((each) => each).map(plain)
}

/** Leaves as JSON can hold them. */
export const markLeaves = (leaves: Leaves): unknown[] => leaves.map(mark)

/** Leaves as `markLeaves` made them; equal texts become one. */
export const readLeaves = (marked: readonly unknown[], texts: Map<string, string>): Leaves =>
  marked.map((leaf) => read(leaf, texts))

function plain(leaf: unknown): unknown {
  if (typeof leaf !== 'object' || leaf === null) return leaf
  // A copy, because a date may come from another realm and is kept for long.
  return types.isDate(leaf) ? new Date(leaf.getTime()) : OBJECT
}

function mark(leaf: unknown): unknown {
  if (leaf === undefined) return MISSING_MARK
  if (typeof leaf !== 'object' || leaf === null) return leaf
  if (Array.isArray(leaf)) return leaf.map(mark)
  return types.isDate(leaf) ? { $date: leaf.getTime() } : OBJECT_MARK
}

function read(leaf: unknown, texts: Map<string, string>): unknown {
  if (typeof leaf === 'string') return shared(leaf, texts)
  if (Array.isArray(leaf)) return leaf.map((each) => read(each, texts))
  if (!isPlainObject(leaf)) return leaf
  if (typeof leaf['$date'] === 'number') return new Date(leaf['$date'])
  return leaf['$'] === 0 ? undefined : OBJECT
}

/** The same few actions and accounts are in thousands of rows. */
function shared(text: string, texts: Map<string, string>): string {
  const known = texts.get(text)
  if (known === undefined) texts.set(text, text)
  return known ?? text
}
