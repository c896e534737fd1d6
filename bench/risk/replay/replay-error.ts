/** A file that cannot be replayed at all; the message says why. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError'
}
