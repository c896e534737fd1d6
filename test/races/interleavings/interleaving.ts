import type { openRepositories, Update } from '../../../src/store/index.js'

export type Repositories = ReturnType<typeof openRepositories>

/**
 * A repository method that ends in a conditional update, and the rivals that may come between its read and its write.
 */
export interface Interleaving {
  /** Repository and method, such as `sessions.open`. */
  readonly verb: string
  /** Where one method has several guards. */
  readonly when?: string
  /** The collection of its conditional write. */
  readonly collection: string
  /** The document as its caller read it. */
  readonly document: { readonly _id: string }
  /** The call, based on what was read. */
  readonly act: (repositories: Repositories) => Promise<unknown>
  /** Its answer without a rival. */
  readonly done: unknown
  /**
   * Its answer when a rival came first; the winner's document then stays unchanged. `READS_AGAIN`: it reads again by
   * itself, and ends as if the rival had come before it began.
   */
  readonly refused: unknown
  /** The rivals' changes, by what happened. Each condition of the write needs one that breaks it alone. */
  readonly rivals: Readonly<Record<string, Update>>
  /** For a method that reads again: its answer after a rival it must give way to, whose change stays. */
  readonly givesWay?: Readonly<Record<string, unknown>>
  /** Conditions that cannot break alone, and why. */
  readonly neverAlone?: Readonly<Record<string, string>>
}

export const READS_AGAIN = Symbol('reads again')

export const titleOf = ({ verb, when }: Pick<Interleaving, 'verb' | 'when'>): string =>
  when === undefined ? verb : `${verb} ${when}`
