import { newId } from '../kernel/ids.js'
import { createBoundedCache } from '../kernel/bounded-cache.js'
import type { Collection, Stored, Update } from './collection.js'

/** A document whose tag tells whether it was written since it was read. */
export interface Tagged extends Stored {
  /** Another one with every write. Left out by documents that were last written by an earlier version. */
  readonly etag?: string
}

/** The tags that this process saw last. Only a hint: a document may have another one by now. */
export interface LastTags {
  get(id: string): string | undefined
  note(id: string, etag: string): void
}

const REMEMBERED_TAGS = 50_000

export function rememberTags(): LastTags {
  const tags = createBoundedCache<string>(REMEMBERED_TAGS)
  return { get: (id) => tags.get(id), note: (id, etag) => tags.set(id, etag, 1) }
}

/**
 * Gives documents a new random tag with every write, so a document with the same tag is the same document. Tags are
 * random and not counted, so a restored backup does not repeat them. Every write has to pass here, except those that
 * only remove delivered events from the outbox.
 */
export function taggedPeople<T extends Tagged>(people: Collection<T>, tags: LastTags): Collection<T> {
  const tagged = (update: Update, id?: unknown): Update => {
    const etag = newId()
    // If the guard of the update fails, no document has this tag, and the next read notes the right one.
    if (typeof id === 'string') tags.note(id, etag)
    return { ...update, $set: { ...update.$set, etag } }
  }
  return {
    ...people,
    insert: (documents) => people.insert(documents.map((document) => ({ ...document, etag: newId() }))),
    updateOne: (filter, update, options) => people.updateOne(filter, tagged(update, filter['_id']), options),
    changeOne: (filter, update) => people.changeOne(filter, tagged(update, filter['_id'])),
    updateMany: (filter, update) => people.updateMany(filter, tagged(update)),
  }
}
