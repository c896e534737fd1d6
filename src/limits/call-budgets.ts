import { accountActor, serviceActor, type AuditActor, type AuditLog } from '../audit/index.js'
import type { ServiceActor } from '../kernel/actor.js'
import type { AccountId } from '../kernel/ids.js'
import { refuseUntil } from '../kernel/refusal.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SpendCall } from '../kernel/spend-call.js'
import { addressKey } from './address-key.js'
import type { BudgetName, Budgets } from './budgets.js'
import { limitReached } from './limit-reached.js'
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
  /** Authentications that a backend begins for its tenant. */
  readonly perTenant: (service: ServiceActor, context: AuditContext) => Promise<void>
  /** Successful sign-ins by passkey and external token, counted together with those by password (R131). */
  readonly signIns: SpendAccountCall
  /** New organizations of an account. Each one counts permanently, even after the account leaves it. */
  readonly organizations: SpendAccountCall
}

export function createCallBudgets(deps: CallBudgetsDeps): CallBudgets {
  return {
    perAddress: (name) => (context) => spendOrRefuse(deps, name, addressKey(context.origin.address), { context }),
    perTenant: ({ tenant, keyId }, context) =>
      spendOrRefuse(deps, 'authenticationPerTenant', tenant, { context, actor: serviceActor(keyId) }),
    signIns: (accountId, context) => {
      const key = successKey(accountId, { address: context.origin.address, knownDevice: null })
      return spendOrRefuse(deps, 'signInsPerAccountAndAddress', key, { context, actor: accountActor(accountId) })
    },
    organizations: (accountId, context) =>
      spendOrRefuse(deps, 'organizationsPerAccount', accountId, { context, actor: accountActor(accountId) }),
  }
}

async function spendOrRefuse(
  { limits, budgets, audit }: CallBudgetsDeps,
  name: BudgetName,
  key: string,
  { context, actor }: { readonly context: AuditContext; readonly actor?: AuditActor },
): Promise<void> {
  const outcome = await spend(limits, budgets[name], key)
  if (outcome.kind === 'allowed') return
  // One event per window: a caller over the limit must not be able to fill the log.
  if (outcome.first) await audit.record([limitReached(name, context, actor)])
  throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
}
