import { createApp, type App } from './compose/app.js'
import { readConfig, type Environment } from './config/index.js'
import { createLogger } from './logging/index.js'
import { inEnglish } from './messages/index.js'
import { createPolicy as policyWith, type Policy, type PolicyDeps as PolicyWithWords } from './policy/index.js'

/**
 * Assembles a gateway from settings, named as in the environment (docs/configuration.md). Throws `ConfigError`, naming
 * every mistake, when they are invalid. Call `listen()` to serve, `close()` to end.
 */
export async function createStepgate(settings: Environment = {}): Promise<App> {
  const config = readConfig(settings)
  return createApp({ config, logger: createLogger({ level: config.logLevel }) })
}

/** What a policy needs of your server. */
export type PolicyDeps = Omit<PolicyWithWords, 'settings'> & {
  readonly settings: Omit<PolicyWithWords['settings'], 'inEnglish'>
}

/** Makes a policy over a protected schema. Its refusals carry an English message and the id of the sentence. */
export const createPolicy = (deps: PolicyDeps): Policy =>
  policyWith({ ...deps, settings: { inEnglish, ...deps.settings } })

export type { App } from './compose/app.js'
export { ConfigError, type Environment } from './config/index.js'
export type { Actor, SessionActor } from './kernel/actor.js'
export { systemClock, type Clock } from './kernel/clock.js'
export type { ErrorCode } from './kernel/error-codes.js'
export { FRESHNESS, Guard, type GuardArguments } from './kernel/guard.graphql.js'
export { Refusal } from './kernel/refusal.js'
export type { AccessGrant, RequestContext } from './kernel/request-context.js'
export type { StepUp, StepUpNeed, StepUpReason } from './kernel/step-up.js'
export {
  createDocumentReader,
  guardTypeDefs,
  InvalidGuards,
  protectSchema,
  USUAL_DOCUMENT_LIMITS,
  type AccessPreview,
  type AccessRow,
  type AuthorizeInput,
  type DocumentLimits,
  type DocumentReader,
  type Policy,
  type ProtectedSchema,
} from './policy/index.js'
