import type { Filter } from './collection.js'

/**
 * The filters that lead past a position in the order "newest first, then by id": the rest of its millisecond, then
 * everything older. Each of them is one range of an index. An `$or` of the two would be read from its beginning.
 */
export function newestAfter(
  after: { readonly createdAt: Date; readonly id: string } | null,
  idDirection: 1 | -1,
): readonly Filter[] {
  if (after === null) return [{}]
  const { createdAt, id } = after
  return [{ createdAt, _id: { [idDirection === 1 ? '$gt' : '$lt']: id } }, { createdAt: { $lt: createdAt } }]
}

/** Reads one part after the other, until there are enough. */
export async function findInTurn<Part, T>(
  parts: readonly Part[],
  limit: number,
  find: (part: Part, limit: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = []
  for (const part of parts) {
    if (found.length < limit) found.push(...(await find(part, limit - found.length)))
  }
  return found
}

/** The conditions on a field for what starts with a text. No stored text contains the last character there is. */
export const beginningWith = (text: string): { readonly $gte: string; readonly $lt: string } => ({
  $gte: text,
  $lt: `${text}\u{10FFFF}`,
})
