/** Something outside the gateway that its operator has to change: what is wrong, and what to do. Never quotes a secret. */
export class SetupFault extends Error {
  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}. ${remedy}.`, options)
    this.name = 'SetupFault'
  }
}

/** An error of the operating system. */
export interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
  /** The file it is about, if it is about one. */
  readonly path?: string
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'this user has no permission'],
  ['EPERM', 'this user has no permission'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'it is a folder, not a file'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota of this user is used up'],
  ['EFBIG', 'the file would be larger than this process may write'],
  ['EMFILE', 'this process has too many open files'],
  ['EIO', 'the disk reported an error'],
  ['EADDRINUSE', 'another process uses the port'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['ENOTFOUND', 'the name is unknown'],
  ['EAI_AGAIN', 'the name server does not answer'],
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was closed'],
  ['ETIMEDOUT', 'there was no answer'],
  ['EHOSTUNREACH', 'there is no route to the address'],
  ['ENETUNREACH', 'there is no route to the address'],
])

/** What the operating system said, in words. */
export const systemReason = ({ code }: { readonly code: string }): string =>
  REASONS.get(code) ?? `the system says ${code}`

/** The first error of the operating system among the error and its causes. */
export function systemErrorIn(error: unknown): SystemError | null {
  // Not `instanceof`: Node's own errors may come from another realm.
  for (let each = error; typeof each === 'object' && each !== null; each = 'cause' in each ? each.cause : null) {
    if ('syscall' in each && 'code' in each && typeof each.code === 'string') return each as SystemError
  }
  return null
}
