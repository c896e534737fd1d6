import { parseEmailAddress, type PasswordGuesses, type SpendCall } from './accounts/index.js'
import { ANONYMOUS_ACTOR, serviceActor } from './audit/index.js'
import type { Capabilities } from './compose-capabilities.js'
import type { Mailer } from './delivery/index.js'
import type { ServiceActor } from './kernel/actor.js'
import { refuseUntil } from './kernel/refusal.js'
import type { AuditContext } from './kernel/request-context.js'
import { addressKey, spend, type BudgetName } from './limits/index.js'
import { limitEvents } from './sessions/index.js'

/** Spends one call of a budget kept by network address, and throws the refusal when it is used up; `what` tells apart what has as much each. */
export function spendPerAddress({ limits, budgets, audit }: Capabilities, name: BudgetName, what = ''): SpendCall {
  return async (context) => {
    const outcome = await spend(limits, budgets[name], `${what}${addressKey(context.origin.address)}`)
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

/** Mail that whoever comes along can ask for. What is too much for one address is not sent, and nobody is told. */
export function boundedMail({ limits, budgets, audit, mailer }: Capabilities): Mailer {
  return {
    send: async (message) => {
      const destination = parseEmailAddress(message.to)?.key ?? message.to
      const outcome = await spend(limits, budgets.messagePerDestination, destination)
      if (outcome.kind === 'allowed') return mailer.send(message)
      if (outcome.first) await audit.record([limitReached('messagePerDestination', null)])
    },
  }
}

/** Wrong passwords inside a session count like those at sign-in. */
export function passwordGuesses({ budget, audit }: Capabilities): PasswordGuesses {
  return {
    judge: async ({ emailKey, context }, judge) => {
      const caller = { address: context.origin.address, name: emailKey, rememberedDevice: null }
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

function limitReached(name: BudgetName, context: Parameters<SpendCall>[0] | null) {
  const targets = [{ id: name, type: 'BUDGET' }] as const
  return { action: 'limit.reached', actor: ANONYMOUS_ACTOR, targets, outcome: 'DENIED', context } as const
}
