import { secondsBetween } from './clock.js'
import type { Secrets } from './secrets.js'

/**
 * The states of every secret that a successor replaces: session cookies, pending tokens, refresh tokens, device tokens.
 *
 *     in-force ── a successor is handed out ──▶ superseded ── the successor is presented ──▶ late ── seconds ──▶ reused
 *                                                  └── the successor is not presented in time ──▶ lapsed
 *
 * The answer that carries a successor may get lost. So the old secret stays valid, at its own level, until the client
 * presents the successor and thereby proves that the answer arrived.
 */
export type SecretState =
  /** Nothing has replaced it: it is new, or was presented before. */
  | 'in-force'
  /**
   * A successor was handed out but never presented, so the answer may be lost. The secret is valid at its own level.
   */
  | 'superseded'
  /**
   * The successor was presented, but handed out only a moment ago: this request was already on its way. Not a theft.
   */
  | 'late'
  /** The successor was never presented in time. The secret is no longer valid. Not a theft. */
  | 'lapsed'
  /** The successor was presented, so the caller that presents this secret holds a copy. */
  | 'reused'

export interface SecretTimes {
  /** How long a secret stays valid while its successor has not been presented. */
  readonly supersededSeconds: number
  /**
   * How long after its successor was handed out an old secret still counts as a request that was already on its way.
   */
  readonly inFlightSeconds: number
}

/** The successor of a secret. */
export interface Replacement {
  /** When the first successor was handed out. */
  readonly since: Date
  /** When the current successor was handed out: a lost answer is given again. */
  readonly handedOutAt: Date
  /** Whether the current successor was presented. */
  readonly isPresented: boolean
}

export function stateOfSecret(replacement: Replacement | null, times: SecretTimes, now: Date): SecretState {
  if (replacement === null) return 'in-force'
  const { since, handedOutAt, isPresented } = replacement
  if (isPresented) return secondsBetween(handedOutAt, now) <= times.inFlightSeconds ? 'late' : 'reused'
  return secondsBetween(since, now) <= times.supersededSeconds ? 'superseded' : 'lapsed'
}

/** A line of secrets, each derived from the one before; only the hash of the last one is stored. */
export interface SecretLine {
  readonly hash: string
  readonly rotatedAt: Date
  /** When the secret in force was first presented; missing: never. */
  readonly presentedAt?: Date
  /** The key the line is derived with. */
  readonly keyId: string
}

/** `unknown`: it was never a secret of this line. */
export type StateInLine = SecretState | 'unknown'

export interface LineDeps {
  readonly secrets: Secrets
  readonly times: SecretTimes
}

/** How many generations back a used secret is still recognised as part of the line. */
const REMEMBERED_GENERATIONS = 1000

/**
 * The state of a presented secret in its line, as far as one derivation tells: it is the one in force, or the one
 * before. An `unknown` secret may still be an older one, which `isAncestor` detects.
 */
export function stateInLine(
  { secrets, times }: LineDeps,
  purpose: string,
  line: SecretLine,
  secret: string,
  now: Date,
): StateInLine {
  if (secrets.equal(secrets.digest(secret), line.hash)) return 'in-force'
  const next = secrets.derive(purpose, line.keyId, secret)
  if (next === null || !secrets.equal(secrets.digest(next), line.hash)) return 'unknown'
  const { rotatedAt, presentedAt } = line
  return stateOfSecret({ since: rotatedAt, handedOutAt: rotatedAt, isPresented: presentedAt !== undefined }, times, now)
}

/** Whether repeated derivation from `secret` leads to the one in force, so that it was once a secret of this line. */
export function isAncestor(
  secrets: Secrets,
  purpose: string,
  line: Pick<SecretLine, 'hash' | 'keyId'>,
  secret: string,
) {
  let descendant = secrets.derive(purpose, line.keyId, secret)
  for (let generation = 0; generation < REMEMBERED_GENERATIONS && descendant !== null; generation += 1) {
    if (secrets.digest(descendant) === line.hash) return true
    descendant = secrets.derive(purpose, line.keyId, descendant)
  }
  return false
}
