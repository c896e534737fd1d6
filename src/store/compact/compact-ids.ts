import { parseId, type AnyId } from '../../kernel/ids.js'

const ID_LENGTH = 22

/** A list of ids as one text. A list of other texts stays a list. */
export const compactIds = (ids: readonly string[]): string | readonly string[] =>
  ids.every((id) => parseId(id) !== null) ? ids.join('') : ids

/** The list, from either form. */
export function readIds<T extends AnyId>(stored: string | readonly T[]): readonly T[] {
  if (typeof stored !== 'string') return stored
  return Array.from(
    { length: stored.length / ID_LENGTH },
    (_, place) => stored.slice(place * ID_LENGTH, (place + 1) * ID_LENGTH) as T,
  )
}
