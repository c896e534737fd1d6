/** A value a document may hold. Binary is base64url text, so that both adapters keep the same bytes. */
export type Value = string | number | boolean | null | Date | readonly Value[] | { readonly [key: string]: Value }

export interface Comparison {
  readonly $lt?: Value
  readonly $lte?: Value
  readonly $gt?: Value
  readonly $gte?: Value
  readonly $ne?: Value
  readonly $in?: readonly Value[]
  readonly $exists?: boolean
}

/**
 * Fields by dotted path, compared for equality or with operators; `$and` and `$or` combine filters. Null equals a
 * missing field. Whole objects cannot be compared, only their fields (and the empty object). A number in a path also names
 * a place in a list. A filter that contains `undefined` throws, because a missing guard would let every caller in.
 */
export type Filter = {
  readonly [path: string]: Value | Comparison | readonly Filter[]
} & { readonly $and?: readonly Filter[]; readonly $or?: readonly Filter[] }

/**
 * Changes by dotted path. Missing objects on the way are created; a path cannot lead through lists or be in two
 * operators. `$pull` removes the elements equal to a value, or those that have the fields of an object; a field may be
 * compared with `$in`.
 */
export interface Update {
  readonly $set?: Readonly<Record<string, Value>>
  readonly $unset?: Readonly<Record<string, true>>
  readonly $inc?: Readonly<Record<string, number>>
  readonly $pull?: Readonly<Record<string, Value | Readonly<Record<string, { readonly $in: readonly Value[] }>>>>
  readonly $addToSet?: Readonly<Record<string, Value>>
  readonly $min?: Readonly<Record<string, number | Date>>
  readonly $max?: Readonly<Record<string, number | Date>>
}

export interface FindOptions {
  /** Field → 1 (ascending) or -1; give a unique field last for keyset pages. */
  readonly sort?: Readonly<Record<string, 1 | -1>>
  readonly limit?: number
}

declare const readAs: unique symbol

/**
 * What is read of a document: nothing else leaves the store. What is missing in the document is missing in the answer,
 * so the reader knows it by the type `R` and never by the answer. No path leads through lists, and none into another.
 */
export interface Fields<R extends Stored> {
  /** Dotted paths, each read whole. */
  readonly paths: readonly string[]
  /** By the dotted path of a map: what is read of its entries. The map is empty if none is chosen or it is missing. */
  readonly maps?: Readonly<Record<string, MapFields>>
  /** Only for the compiler. */
  readonly [readAs]?: R
}

/** A top-level field, and the value that a reader has seen in it. */
export interface KnownField {
  readonly field: string
  readonly value: string
}

export interface MapFields {
  /** Which entries are read: those that meet any of these conditions. Left out: all of them. */
  readonly entries?: {
    readonly keys?: readonly string[]
    /** The path of the field, in the same document, that holds the key. */
    readonly keyAt?: string
    /** Fields of the entry that have these values. */
    readonly where?: Readonly<Record<string, string>>
  }
  /** The fields that are read of each entry. Left out: all of them. */
  readonly fields?: readonly string[]
  /** How many entries a map inside the entry has, by the name of the answer; left out where there is no such map. */
  readonly sizes?: Readonly<Record<string, string>>
}

export interface UpdateOptions<R extends Stored = Stored> {
  /**
   * If nothing matches, inserts the equalities of the filter, including the `_id`, and the update. Racing upserts make
   * one document. If the document exists but does not match the rest of the filter, nothing changes and the answer is
   * null.
   */
  readonly upsert?: boolean
  /** What is read of the document after the change; left out: all of it. */
  readonly fields?: Fields<R>
}

export interface Index {
  readonly fields: Readonly<Record<string, 1 | -1>>
  /** Give `sparse` too unless every document has the fields: documents without them would be duplicates. */
  readonly unique?: boolean
  /** Only documents that have the (single) field are indexed. */
  readonly sparse?: boolean
  /**
   * Documents may be swept this many seconds after the date in the (single) field. Only a broom: filters check expiry.
   */
  readonly expireAfterSeconds?: number
}

export interface CountOptions {
  /** No request waits for it, so it may take as long as building an index. */
  readonly unhurried?: boolean
}

/** How a collection is named, shaped and indexed, for both adapters. */
export interface CollectionSpec {
  readonly name: string
  readonly indexes: readonly Index[]
  /**
   * The top-level fields its documents may have. If given, a filter, update or document with another field throws, so
   * that a misspelt guard is noticed.
   */
  readonly fields?: readonly string[]
}

/** The outcome of inserting documents in order: how many were written before a duplicate key, if any. */
export interface InsertOutcome {
  readonly inserted: number
  readonly duplicate: boolean
}

export interface Stored {
  readonly _id: string
}

/**
 * The part of MongoDB's query language that every adapter speaks. Each call is one round trip and atomic on one
 * document. If the store does not answer, calls throw `Unavailable`, and whether they wrote is unknown.
 */
export interface Collection<T extends Stored> {
  /** Writes in order and stops at the first duplicate of a unique key, which is an outcome, not an error. */
  insert(documents: readonly T[]): Promise<InsertOutcome>
  /** Answers the whole document, or the given fields of it. */
  findOne<R extends Stored = T>(filter: Filter, fields?: Fields<R>): Promise<R | null>
  /**
   * Answers the given fields of the document with this id. `unchanged` when a field of it still has a known value: then
   * nothing else is transferred.
   */
  findUnless<R extends Stored = T>(id: string, known: KnownField, fields: Fields<R>): Promise<R | 'unchanged' | null>
  /** Answers whole documents, or the given fields of them. */
  find<R extends Stored = T>(filter: Filter, options?: FindOptions, fields?: Fields<R>): Promise<R[]>
  /**
   * Finds a document by its id and answers the document of another collection whose id is in one of its fields, in one
   * round trip. Null when either is missing.
   */
  follow<R extends Stored>(filter: { readonly _id: string }, field: string, into: CollectionSpec): Promise<R | null>
  /**
   * Changes at most one document; the filter is the guard. Answers the document after the change, or null. Throws
   * `DuplicateKey` when another document has its new unique key.
   */
  updateOne<R extends Stored = T>(filter: Filter, update: Update, options?: UpdateOptions<R>): Promise<R | null>
  /** Like `updateOne`, but only answers whether a document was changed, so none is transferred. */
  changeOne(filter: Filter, update: Update): Promise<boolean>
  /** Answers how many documents matched. Each is changed atomically, but not all of them together. */
  updateMany(filter: Filter, update: Update): Promise<number>
  deleteMany(filter: Filter): Promise<number>
  /** Exactly; looks at every document or index entry that matches. */
  count(filter: Filter, options?: CountOptions): Promise<number>
  /**
   * How many documents there are by the store's own books, at once. MongoDB's may be off after an unclean shutdown, and
   * in shards.
   */
  size(): Promise<number>
}

/** A store: its collections, and whether it can answer now. */
export interface Store {
  readonly kind: 'embedded' | 'mongodb'
  /** Whether `accounts` may be sharded by its ids, so that no request may look for an account by anything else. */
  readonly sharded: boolean
  collection<T extends Stored>(spec: CollectionSpec): Collection<T>
  /** Creates the indexes of every collection requested so far. Call it once, before serving. */
  prepare(): Promise<void>
  /** Resolves when the store answers; throws `Unavailable` within two seconds otherwise. */
  ping(): Promise<void>
  /** The time by the clock of the store; null where the store is a part of this process. */
  now(): Promise<Date | null>
  /**
   * Makes removed and replaced values unreadable on disk, if that is up to the store: the embedded store rewrites its
   * files, a database does this itself.
   */
  purge(): Promise<void>
  close(): Promise<void>
  /** How many commands were sent since the start; for measurements. */
  readonly roundTrips: number
}
