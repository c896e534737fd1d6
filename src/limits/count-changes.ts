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

/** Signing out is never refused. It ends the session, so a session can do it only once. */
const SIGNS_OUT = 'signOut'

/** All sessions that come from one sign-in share its id. */
interface SignedIn {
  readonly session: { readonly signInId: SessionId }
}

export interface CountChangesDeps {
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'changesPerSignIn'>
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Counts the root fields of an operation before it runs. Throws a refusal if the session must wait. */
export type CountChanges = (
  context: RequestContext<SignedIn>,
  actor: SessionActor,
  rootFields: readonly string[],
) => Promise<void>

/**
 * Counts the mutations of each sign-in across all its sessions. The budget belongs to the sign-in, not to the account,
 * so that a stolen session cannot keep the owner from ending it (R163). Operators are trusted to work in bulk, so they
 * are exempt.
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
      if (changes.isFull(counter, 0)) throw refuseUntil('RATE_LIMITED', secondsLeft(counter, now), budget)
      changes.begin(counter, 0)
      if (!(await changes.endAsSuccess(counter))) continue
      await audit.record([limitReached(budget.name, auditContextOf(context), accountActor(actor.accountId))])
    }
  }
}
