/** A dependency (store, mail, geo data) did not answer. Ports throw it; nothing was decided and no caller is let in. */
export class Unavailable extends Error {
  constructor(
    readonly dependency: string,
    options?: ErrorOptions,
  ) {
    super(`${dependency} is not available`, options)
    this.name = 'Unavailable'
  }
}
