import type { Clock } from '../../kernel/clock.js'
import { linkIdOf } from '../../kernel/mailed-code.js'
import type { Secrets } from '../../kernel/secrets.js'
import { isLinkCode, matchesLinkCode, type SignInLink } from './mailed-link.js'
import type { LinkStore } from './ports.js'

export interface FollowLinkDeps {
  readonly links: LinkStore
  readonly secrets: Secrets
  readonly clock: Clock
}

export interface FollowLinkInput {
  readonly token: string
  /** The secret of the browser or app; null: it never requested a link. */
  readonly client: string | null
  /** The code that was typed; null: none yet. */
  readonly code: string | null
}

export type FollowLinkOutcome =
  | { kind: 'followed'; link: SignInLink }
  | { kind: 'code-required' } // opened in a browser that did not request it
  | { kind: 'wrong-code'; attemptsLeft: number }
  | { kind: 'not-available' } // unknown, expired, used, or out of attempts

/**
 * Spends a sign-in link, once. In any browser but the one that requested it the code is required as well, so that
 * neither a forwarded mail nor a link that an attacker requested signs in by itself (R058).
 */
export async function followSignInLink(deps: FollowLinkDeps, input: FollowLinkInput): Promise<FollowLinkOutcome> {
  const now = deps.clock.now()
  const id = linkIdOf(deps.secrets, input.token)
  const link = await deps.links.find(id, now)
  if (link?.kind !== 'SIGN_IN' || link.attemptsLeft <= 0) return { kind: 'not-available' }
  const isHere = input.client !== null && deps.secrets.equal(deps.secrets.digest(input.client), link.clientHash)
  if (!isHere) {
    if (input.code === null) return { kind: 'code-required' }
    // Text that cannot be a code guesses nothing, so it costs no attempt (R023).
    if (!isLinkCode(input.code)) return { kind: 'wrong-code', attemptsLeft: link.attemptsLeft }
    // The attempt is spent before the code is checked, so parallel guesses cannot share one.
    if (!(await deps.links.spendAttempt(id, link.attemptsLeft, now))) return { kind: 'not-available' }
    const attemptsLeft = link.attemptsLeft - 1
    if (!matchesLinkCode(deps.secrets, link, input.code)) return { kind: 'wrong-code', attemptsLeft }
  }
  const taken = await deps.links.take(id, now)
  return taken?.kind === 'SIGN_IN' ? { kind: 'followed', link: taken } : { kind: 'not-available' }
}
