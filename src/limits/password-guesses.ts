import type { AuditLog } from '../audit/index.js'
import type { DeviceId } from '../kernel/ids.js'
import { refuseUntil } from '../kernel/refusal.js'
import type { AuditContext } from '../kernel/request-context.js'
import { limitReached } from './limit-reached.js'
import type { SignInBudget } from './sign-in-budget.js'

export interface PasswordGuessesDeps {
  readonly budget: SignInBudget
  readonly audit: AuditLog
}

export interface PasswordGuess {
  readonly emailKey: string
  readonly knownDevice: DeviceId | null
  readonly context: AuditContext
}

/** Wrong passwords inside a session count like those on a known device, so guesses from elsewhere do not block it. */
export function createPasswordGuesses({ budget, audit }: PasswordGuessesDeps) {
  return {
    judge: async (
      { emailKey, knownDevice, context }: PasswordGuess,
      judge: (used: number) => Promise<boolean>,
    ): Promise<boolean> => {
      const caller = { address: context.origin.address, name: emailKey, knownDevice, account: null }
      const outcome = await budget.judge(caller, async (_, used) => {
        const right = await judge(used)
        return { right, value: right }
      })
      if (outcome.kind === 'limited') throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds, outcome.limit)
      if (outcome.exhausted.length > 0) await audit.record(outcome.exhausted.map((name) => limitReached(name, context)))
      return outcome.value
    },
  }
}
