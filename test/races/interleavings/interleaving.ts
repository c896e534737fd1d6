import type { openRepositories, Update } from '../../../src/store/index.js'

export type Repositories = ReturnType<typeof openRepositories>

/** A verb of a repository that ends in a conditional update, and who may come between what it read and its write. */
export interface Interleaving {
  /** As in `sessions.open`: repository and verb. */
  readonly verb: string
  /** Where one verb has several guards. */
  readonly when?: string
  /** Where it writes conditionally. */
  readonly collection: string
  /** The document as its caller read it. */
  readonly document: { readonly _id: string }
  /** The call, by what was read. */
  readonly act: (repositories: Repositories) => Promise<unknown>
  /** Its answer when nobody comes between. */
  readonly done: unknown
  /**
   * Its answer when somebody came first; the winner's document then stands as it is. `READS_AGAIN`: it reads again by
   * itself, and ends as if the other one had come before it began.
   */
  readonly refused: unknown
  /** By what happened meanwhile: what it changed. Each condition of the write needs one that breaks it alone. */
  readonly rivals: Readonly<Record<string, Update>>
  /** Of one that reads again: its answer after a rival that it has to give way to, which stands as it is. */
  readonly givesWay?: Readonly<Record<string, unknown>>
  /** Conditions that cannot break alone, and why. */
  readonly neverAlone?: Readonly<Record<string, string>>
}

export const READS_AGAIN = Symbol('reads again')

export const titleOf = ({ verb, when }: Interleaving): string => (when === undefined ? verb : `${verb} ${when}`)
