import { accountActor, serviceActor, type AuditActor, type AuditLog } from '../audit/index.js'
import type { ServiceActor } from '../kernel/actor.js'
import type { AccountId } from '../kernel/ids.js'
import { refuseUntil } from '../kernel/refusal.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SpendCall } from '../kernel/spend-call.js'
import { addressKey } from './address-key.js'
import { windowOf, type Budget, type BudgetName, type Budgets } from './budgets.js'
import { giveBack } from './give-back.js'
import { limitReached } from './limit-reached.js'
import { mailboxOf } from './mail-budgets.js'
import { budgetAt } from './shared-networks.js'
import { successKey } from './sign-in-counters.js'
import { spend, type LimitsDeps } from './spend.js'

export interface CallBudgetsDeps {
  readonly limits: LimitsDeps
  readonly budgets: Budgets
  readonly audit: AuditLog
}

/** Spends one call of a budget counted by account, and throws the refusal when it is exhausted. */
export type SpendAccountCall = (accountId: AccountId, context: AuditContext) => Promise<void>

/** Budgets whose exhaustion the caller is told about. */
export interface CallBudgets {
  /** Counted by network address. */
  perAddress(name: BudgetName): SpendCall
  /**
   * Gives back a call that turned out well. `spentAt`: when it was spent; a call of an earlier window is not given
   * back, so no caller can save up calls.
   */
  giveBackToAddress(name: BudgetName, context: AuditContext, spentAt: Date): Promise<void>
  /** Authentications that a backend begins for its tenant. */
  readonly perTenant: (service: ServiceActor, context: AuditContext) => Promise<void>
  /** Successful sign-ins by passkey and external token, counted together with those by password (R131). */
  readonly signIns: SpendAccountCall
  /** Guesses at the codes in mails to one mailbox, from anywhere and of all requests together (R192). */
  readonly mailedCodes: (emailKey: string, context: AuditContext) => Promise<void>
  /** New organizations of an account. Each one counts permanently, even after the account leaves it. */
  readonly organizations: SpendAccountCall
}

export function createCallBudgets(deps: CallBudgetsDeps): CallBudgets {
  return {
    perAddress: (name) => (context) => {
      const { address } = context.origin
      const budget = budgetAt(deps.limits, deps.budgets[name], address)
      return spendOrRefuse(deps, budget, addressKey(address), { context })
    },
    giveBackToAddress: async (name, { origin }, spentAt) => {
      const budget = deps.budgets[name]
      if (spentAt < windowOf(budget, deps.limits.clock.now()).startedAt) return
      await giveBack(deps.limits, [{ budget, key: addressKey(origin.address) }])
    },
    perTenant: ({ tenant, keyId }, context) =>
      spendOrRefuse(deps, deps.budgets.authenticationPerTenant, tenant, { context, actor: serviceActor(keyId) }),
    signIns: (accountId, context) => {
      const key = successKey(accountId, { address: context.origin.address, knownDevice: null })
      const budget = deps.budgets.signInsPerAccountAndAddress
      return spendOrRefuse(deps, budget, key, { context, actor: accountActor(accountId) })
    },
    mailedCodes: (emailKey, context) =>
      spendOrRefuse(deps, deps.budgets.mailedCodePerMailbox, mailboxOf(emailKey), { context }),
    organizations: (accountId, context) =>
      spendOrRefuse(deps, deps.budgets.organizationsPerAccount, accountId, {
        context,
        actor: accountActor(accountId),
      }),
  }
}

async function spendOrRefuse(
  { limits, audit }: CallBudgetsDeps,
  budget: Budget,
  key: string,
  { context, actor }: { readonly context: AuditContext; readonly actor?: AuditActor },
): Promise<void> {
  const outcome = await spend(limits, budget, key)
  if (outcome.kind === 'allowed') return
  // One event per window: a caller over the limit must not be able to fill the log.
  if (outcome.first) await audit.record([limitReached(budget.name, context, actor)])
  throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds, budget)
}
