import type { SignInEvent } from '../event.js'

/** What scores a replayed sign-in. */
export interface ReplayEngine {
  /** Changes nothing. Asked of every row, also of those with a wrong password. */
  score(event: SignInEvent): ReplayScore
  /** The password was right and the person is legitimate. */
  learn(event: SignInEvent): void
  /** The password was wrong, typed by the person or an attacker. */
  fail(event: SignInEvent): void
}

export interface ReplayScore {
  readonly score: number
  readonly level: string
  readonly verdict: string
  readonly contributions: readonly { readonly code: string; readonly nats: number }[]
}
