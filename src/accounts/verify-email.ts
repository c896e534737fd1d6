import { linkIdOf } from '../kernel/mailed-code.js'
import { confirmEmailChange, type ConfirmEmailChangeDeps } from './confirm-email-change.js'
import { confirmSignUp, type ConfirmSignUpDeps } from './confirm-sign-up.js'
import type { VerifyEmailInput, VerifyEmailOutcome } from './following.js'

export type VerifyEmailDeps = ConfirmSignUpDeps & ConfirmEmailChangeDeps

/**
 * Follows a link sent by e-mail: creates the account of a sign-up, or gives an account its new address. The link proves
 * the mailbox. The requester is proved separately, so that one click cannot make an attacker's password valid (R121).
 */
export async function verifyEmail(deps: VerifyEmailDeps, input: VerifyEmailInput): Promise<VerifyEmailOutcome> {
  const now = deps.clock.now()
  const link = await deps.confirmations.find(linkIdOf(deps.secrets, input.token), now)
  if (!link) return { kind: 'not-available' }
  return link.kind === 'SIGN_UP' ? confirmSignUp(deps, link, input) : confirmEmailChange(deps, link, input)
}
