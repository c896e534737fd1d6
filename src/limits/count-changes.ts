import { accountActor, type AuditLog } from '../audit/index.js'
import type { SessionActor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { SessionId } from '../kernel/ids.js'
import { refuseUntil } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import type { Budgets } from './budgets.js'
import { secondsLeft } from './counter.js'
import { limitReached } from './limit-reached.js'
import type { LimitsDeps } from './spend.js'
import { countSuccesses } from './success-count.js'

/** Signing out is never refused: it ends the session, so it happens only once. */
const SIGNS_OUT = 'signOut'

/** Sessions that one sign-in led to share its id. */
interface SignedIn {
  readonly session: { readonly signInId: SessionId }
}

export interface CountChangesDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'changesPerSignIn'>
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Counts an operation by its root fields before it runs; throws the refusal when the session has to wait. */
export type CountChanges = (
  context: RequestContext<SignedIn>,
  actor: SessionActor,
  rootFields: readonly string[],
) => Promise<void>

/**
 * Counts the mutations of each sign-in across all sessions it leads to. The budget belongs to the sign-in and not the
 * account, so that a stolen session cannot keep the owner from ending it (R163). Operators are exempt: they are trusted
 * to work in bulk.
 */
export function countChanges({ limits, budgets, audit, clock }: CountChangesDeps): CountChanges {
  const budget = budgets.changesPerSignIn
  const changes = countSuccesses(limits, budget)
  return async (context, actor, rootFields) => {
    if (actor.roles.includes('ADMIN') || rootFields.every((field) => field === SIGNS_OUT)) return
    const { session } = viewerOf(context)
    const now = clock.now()
    const counter = changes.counterFor(session.signInId, now)
    for (let left = rootFields.length; left > 0; left -= 1) {
      if (changes.isFull(counter, 0)) throw refuseUntil('RATE_LIMITED', secondsLeft(counter, now))
      changes.begin(counter, 0)
      if (!(await changes.endAsSuccess(counter))) continue
      await audit.record([limitReached(budget.name, auditContextOf(context), accountActor(actor.accountId))])
    }
  }
}
