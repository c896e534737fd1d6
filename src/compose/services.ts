import { createPasswordHasher } from '../accounts/index.js'
import { createDeviceProofs } from '../devices/index.js'
import {
  createBudgets,
  createCallBudgets,
  createPasswordGuesses,
  createSignInBudget,
  createTurns,
  reportFullLane,
  sharedNetworks,
} from '../limits/index.js'
import { isKnownNetwork } from '../risk/index.js'
import { rememberRecordedUses } from '../sessions/index.js'
import { createAccessTokens, createProofTokens, createTokenKeys } from '../tokens/index.js'
import { boundedMail, spendMailRequest } from '../sign-in/index.js'
import type { Adapters } from './adapters.js'
import { composeAudit } from './audit.js'
import { createClockWatch } from './clock-watch.js'
import { rulesOf } from './settings.js'

export type Services = Awaited<ReturnType<typeof startServices>>

/**
 * What several capabilities share, created once: the audit log, budgets, tokens, passwords, and mail that callers
 * request.
 */
export async function startServices(adapters: Adapters) {
  const { config, logger, clock, ring, secrets, repositories, delivery, risk } = adapters
  const rules = rulesOf(config)
  const { audit, flushRefusals, ...auditing } = composeAudit(adapters)
  const watched = { store: adapters.store, auditStore: repositories.auditStore, audit, clock, logger }
  const clockWatch = createClockWatch({ ...watched, settings: config.clock })
  const limits = {
    ...{ limits: repositories.limits, secrets, clock },
    sharedNetworks: sharedNetworks(config.sharedNetworks),
  }
  const { publicMutationsPerAddress, ...perCaller } = config.limits
  const budgets = createBudgets({
    ...perCaller,
    signUpPerAddress: publicMutationsPerAddress,
    confirmationPerAddress: publicMutationsPerAddress,
  })
  const budget = createSignInBudget({ ...limits, budgets, alarmShare: config.limitShares.alarm })
  const { publicUrl } = config.server
  const tokenKeys = createTokenKeys(ring, config.sessions.tokenAlgorithms)
  const tokens = {
    accessTokens: createAccessTokens(tokenKeys, clock, {
      ...{ issuer: publicUrl, audience: publicUrl, clientId: publicUrl },
      lifetimeSeconds: config.sessions.accessTokenSeconds,
    }),
    proofTokens: createProofTokens(tokenKeys, clock, {
      issuer: publicUrl,
      lifetimeSeconds: config.services.proofSeconds,
    }),
  }
  const { mailer } = delivery
  const { sessions } = repositories
  const mailDeps = { limits, budgets, mailer, sessions, audit, secrets, clock, risk: risk.deps, rules }
  return {
    ...{ rules, clockWatch, audit, ...auditing, limits, budgets, budget, tokens },
    recordedUses: rememberRecordedUses(),
    callBudgets: createCallBudgets({ limits, budgets, audit }),
    guesses: createPasswordGuesses({ budget, audit }),
    passwords: await createPasswordHasher(config.passwords.argon2),
    turns: createTurns(
      {
        clock,
        isKnownNetwork: (address) => isKnownNetwork(risk.deps, address),
        onFull: reportFullLane({ limits, budgets, audit, logger }),
      },
      config.passwordTurns,
    ),
    requestedMail: boundedMail(mailDeps),
    messageBudget: spendMailRequest(mailDeps),
    deviceProofs: createDeviceProofs(
      { clock, secrets, spentChallenges: repositories.spentChallenges },
      { url: `${publicUrl}/graphql`, windowSeconds: config.devices.proofWindowSeconds },
    ),
    close: async () => {
      await clockWatch.stop()
      await flushRefusals()
    },
  }
}
