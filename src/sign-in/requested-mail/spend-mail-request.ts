import { parseEmailAddress } from '../../accounts/index.js'
import type { SpendMailRequest } from '../../kernel/requested-mail.js'
import { refuseUntil } from '../../kernel/refusal.js'
import { addressKey, budgetAt, limitReached, spend } from '../../limits/index.js'
import type { RequestedMailDeps } from './deps.js'
import { standingOf } from './mail-standing.js'

/**
 * Spends one call that requests mail. A signed-in caller spends the account's budget. Others share the budget of their
 * address; when that is used up, a device known to the mailbox's account gets the same budget again (R130).
 */
export function spendMailRequest(deps: RequestedMailDeps): SpendMailRequest {
  const { limits, audit, sessions } = deps
  const { messagePerAddress } = deps.budgets
  return async (caller, email) => {
    const { context, accountId } = caller
    const { address } = context.origin
    const budget = accountId === null ? budgetAt(limits, messagePerAddress, address) : messagePerAddress
    const outcome = await spend(limits, budget, accountId === null ? addressKey(address) : `account ${accountId}`)
    if (outcome.kind === 'allowed') return
    const mailbox = email === null ? null : parseEmailAddress(email)
    const person = mailbox && (await sessions.findPersonByEmail(mailbox.key))
    const standing = standingOf(deps, person, caller)
    if (accountId === null && standing.kind === 'own') {
      const own = await spend(limits, messagePerAddress, `device ${standing.device}`)
      if (own.kind === 'allowed') return
    }
    if (outcome.first) await audit.record([limitReached('messagePerAddress', context)])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds, budget)
  }
}
