/** An update would have given two documents the same unique key. Nothing was changed. */
export class DuplicateKey extends Error {
  constructor(
    readonly collection: string,
    options?: ErrorOptions,
  ) {
    super(`a unique key of ${collection} is taken`, options)
    this.name = 'DuplicateKey'
  }
}
