import { accountActor } from '../audit/index.js'
import type { Capabilities } from './capabilities.js'
import { refuseUntil } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { countSuccesses, secondsLeft } from '../limits/index.js'
import type { PolicyDeps } from '../policy/index.js'
import type { SignedInPerson } from '../sessions/index.js'
import { limitReached } from './spend-limits.js'

/** Ends the session, so it comes once. Nobody may be kept from it. */
const SIGNS_OUT = 'signOut'

/**
 * Counts the mutations of each sign-in, whatever session of it they come in. By sign-in and not by account, so that whoever
 * stole a session cannot keep the owner from ending it (R163). Operators are trusted to work in bulk.
 */
export function countChanges({ limits, budgets, audit, clock }: Capabilities): NonNullable<PolicyDeps['changes']> {
  const budget = budgets.changesPerSignIn
  const changes = countSuccesses(limits, budget)
  return {
    count: async (context, actor, rootFields) => {
      if (actor.roles.includes('ADMIN') || rootFields.every((field) => field === SIGNS_OUT)) return
      const { session } = viewerOf(context as RequestContext<SignedInPerson>)
      const now = clock.now()
      const counter = changes.counterFor(session.signInId, now)
      for (let left = rootFields.length; left > 0; left -= 1) {
        if (changes.isFull(counter, 0)) throw refuseUntil('RATE_LIMITED', secondsLeft(counter, now))
        changes.begin(counter, 0)
        if (!(await changes.endAsSuccess(counter))) continue
        const reached = limitReached(budget.name, auditContextOf(context))
        await audit.record([{ ...reached, actor: accountActor(actor.accountId) }])
      }
    },
  }
}
