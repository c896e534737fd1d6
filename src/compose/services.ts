import { createPasswordHasher } from '../accounts/index.js'
import { createAuditLog, createRefusalLog } from '../audit/index.js'
import { createDeviceProofs } from '../devices/index.js'
import { repeatEvery } from '../kernel/repeat.js'
import { createBudgets, createCallBudgets, createPasswordGuesses, createSignInBudget } from '../limits/index.js'
import { createAccessTokens, createProofTokens } from '../sessions/index.js'
import { boundedMail, spendMailRequest } from '../sign-in/index.js'
import type { Adapters } from './adapters.js'
import { rulesOf } from './settings.js'

/** How often counts of refusals are looked through for those whose window is over. */
const REFUSAL_SWEEP_SECONDS = 15

export type Services = Awaited<ReturnType<typeof startServices>>

/** What several capabilities share, made once: the audit log, budgets, tokens, passwords, and mail that callers ask for. */
export async function startServices(adapters: Adapters) {
  const { config, logger, clock, ring, secrets, repositories, delivery, risk } = adapters
  const rules = rulesOf(config)
  const audit = createAuditLog({ store: repositories.auditStore, clock, secrets, countryOf: risk.countryOf })
  const refusalLog = createRefusalLog({ audit, clock, logger, window: config.audit.refusals })
  const sweeping = repeatEvery(REFUSAL_SWEEP_SECONDS, () => refusalLog.sweep())
  const limits = { limits: repositories.limits, secrets, clock }
  const { publicMutationsPerAddress, ...perCaller } = config.limits
  const budgets = createBudgets({
    ...perCaller,
    signUpPerAddress: publicMutationsPerAddress,
    confirmationPerAddress: publicMutationsPerAddress,
  })
  const budget = createSignInBudget({ ...limits, budgets, alarmShare: config.limitShares.alarm })
  const { publicUrl } = config.server
  const tokens = {
    accessTokens: createAccessTokens(ring, clock, {
      issuer: publicUrl,
      audience: publicUrl,
      lifetimeSeconds: config.sessions.accessTokenSeconds,
    }),
    proofTokens: createProofTokens(ring, clock, {
      issuer: publicUrl,
      lifetimeSeconds: config.services.proofSeconds,
    }),
  }
  const { mailer } = delivery
  const { sessions } = repositories
  const mailDeps = { limits, budgets, mailer, sessions, audit, secrets, clock, risk: risk.deps, rules }
  return {
    ...{ rules, audit, refusalLog, limits, budgets, budget, tokens },
    callBudgets: createCallBudgets({ limits, budgets, audit }),
    guesses: createPasswordGuesses({ budget, audit }),
    passwords: await createPasswordHasher(config.passwords.argon2),
    requestedMail: boundedMail(mailDeps),
    messageBudget: spendMailRequest(mailDeps),
    deviceProofs: createDeviceProofs(
      { clock, secrets, spentChallenges: repositories.spentChallenges },
      { url: `${publicUrl}/graphql`, windowSeconds: config.devices.proofWindowSeconds },
    ),
    close: async () => {
      await sweeping.stop()
      await refusalLog.flush()
    },
  }
}
