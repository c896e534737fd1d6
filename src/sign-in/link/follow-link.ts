import type { Clock } from '../../kernel/clock.js'
import type { Secrets } from '../../kernel/secrets.js'
import { matchesLinkCode, type SignInLink } from './mailed-link.js'
import type { LinkStore } from './ports.js'

export interface FollowLinkDeps {
  readonly links: LinkStore
  readonly secrets: Secrets
  readonly clock: Clock
}

export interface FollowLinkInput {
  readonly token: string
  /** The secret of the browser or app; null: it never asked for a link. */
  readonly client: string | null
  /** What was typed; null: nothing yet. */
  readonly code: string | null
}

export type FollowLinkOutcome =
  | { kind: 'followed'; link: SignInLink }
  | { kind: 'code-required' } // opened where it was not asked for
  | { kind: 'wrong-code'; attemptsLeft: number }
  | { kind: 'not-available' } // unknown, expired, used, or guessed at too often

/**
 * Takes a sign-in link, once. Whoever reads the mail with another browser has to know the code as well, so that neither a
 * forwarded mail nor one that somebody else asked for signs in by itself (R058).
 */
export async function followSignInLink(deps: FollowLinkDeps, input: FollowLinkInput): Promise<FollowLinkOutcome> {
  const now = deps.clock.now()
  const id = deps.secrets.digest(input.token)
  const link = await deps.links.find(id, now)
  if (link?.kind !== 'SIGN_IN' || link.attemptsLeft <= 0) return { kind: 'not-available' }
  const isHere = input.client !== null && deps.secrets.equal(deps.secrets.digest(input.client), link.clientHash)
  if (!isHere) {
    if (input.code === null) return { kind: 'code-required' }
    // The attempt is spent before the code is looked at, so parallel guesses cannot share one.
    if (!(await deps.links.spendAttempt(id, link.attemptsLeft, now))) return { kind: 'not-available' }
    const attemptsLeft = link.attemptsLeft - 1
    if (!matchesLinkCode(deps.secrets, link, input.code)) return { kind: 'wrong-code', attemptsLeft }
  }
  const taken = await deps.links.take(id, now)
  return taken?.kind === 'SIGN_IN' ? { kind: 'followed', link: taken } : { kind: 'not-available' }
}
