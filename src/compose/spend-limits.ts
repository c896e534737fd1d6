import type { PasswordGuesses, SpendCall } from '../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR, serviceActor } from '../audit/index.js'
import type { Capabilities } from './capabilities.js'
import type { ServiceActor } from '../kernel/actor.js'
import { refuseUntil } from '../kernel/refusal.js'
import type { AuditContext } from '../kernel/request-context.js'
import { addressKey, spend, successKey, type BudgetName } from '../limits/index.js'
import { type CountSignIn, limitEvents } from '../sign-in/index.js'

/** Spends one call of a budget kept by network address, and throws the refusal when it is used up. */
export function spendPerAddress({ limits, budgets, audit }: Capabilities, name: BudgetName): SpendCall {
  return async (context) => {
    const outcome = await spend(limits, budgets[name], addressKey(context.origin.address))
    if (outcome.kind === 'allowed') return
    // One event a window: whoever is over the limit must not be able to fill the log.
    if (outcome.first) await audit.record([limitReached(name, context)])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
  }
}

/** Spends one authentication of a backend's tenant, and throws the refusal when they are used up. */
export function spendPerTenant({ limits, budgets, audit }: Capabilities) {
  return async ({ tenant, keyId }: ServiceActor, context: AuditContext): Promise<void> => {
    const outcome = await spend(limits, budgets.authenticationPerTenant, tenant)
    if (outcome.kind === 'allowed') return
    const actor = serviceActor(keyId)
    if (outcome.first) await audit.record([{ ...limitReached('authenticationPerTenant', context), actor }])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
  }
}

/** Wrong passwords inside a session count like those on a known device: guesses from elsewhere do not hold it up. */
export function passwordGuesses({ budget, audit }: Capabilities): PasswordGuesses {
  return {
    judge: async ({ emailKey, knownDevice, context }, judge) => {
      const caller = { address: context.origin.address, name: emailKey, knownDevice, account: null }
      const outcome = await budget.judge(caller, async () => {
        const right = await judge()
        return { right, value: right }
      })
      if (outcome.kind === 'limited') throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
      if (outcome.exhausted.length > 0) await audit.record(limitEvents(ANONYMOUS_ACTOR, outcome.exhausted, context))
      return outcome.value
    },
  }
}

/** Right sign-ins by passkey and external token, counted together with those by password (R131). */
export function countSignIn({ limits, budgets, audit }: Capabilities): CountSignIn {
  return async (accountId, context) => {
    const { name } = budgets.signInsPerAccountAndAddress
    const { address } = context.origin
    const key = successKey(accountId, { address, knownDevice: null })
    const outcome = await spend(limits, budgets.signInsPerAccountAndAddress, key)
    if (outcome.kind === 'allowed') return
    if (outcome.first) await audit.record([{ ...limitReached(name, context), actor: accountActor(accountId) }])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
  }
}

/** The event of a budget that ran out. */
/** Spends one new organization of an account: it stays, whoever leaves it. */
export function spendOrganization({ limits, budgets, audit }: Capabilities): CountSignIn {
  return async (accountId, context) => {
    const { name } = budgets.organizationsPerAccount
    const outcome = await spend(limits, budgets.organizationsPerAccount, accountId)
    if (outcome.kind === 'allowed') return
    if (outcome.first) await audit.record([{ ...limitReached(name, context), actor: accountActor(accountId) }])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
  }
}

export function limitReached(name: BudgetName, context: AuditContext) {
  const targets = [{ id: name, type: 'BUDGET' }] as const
  return { action: 'limit.reached', actor: ANONYMOUS_ACTOR, targets, outcome: 'DENIED', context } as const
}
