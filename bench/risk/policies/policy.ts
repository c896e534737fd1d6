import type { SignInEvent } from '../event.js'

export interface Judgement {
  /** Higher is more suspicious; only the order means something across policies. */
  readonly score: number
  /** Whether the policy, as it would be installed, asks for a second factor. */
  readonly prompts: boolean
}

/** Something that decides when to ask. Each run gets a fresh one, which learns from its own prompts alone. */
export interface Policy {
  readonly name: string
  /** Judges a sign-in whose password was right. Changes nothing. */
  judge(event: SignInEvent): Judgement
  /** The person was behind it, and answered when asked. Attackers never get here. */
  learn(event: SignInEvent, judgement: Judgement): void
  /** The password was wrong, typed by the person or an attacker. */
  fail(event: SignInEvent): void
  /** Bytes it keeps for this person; null when that is not worth measuring. */
  profileBytes(userId: string): number | null
}
