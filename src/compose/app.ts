// Before every module with decorators.
import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { availableParallelism } from 'node:os'
import { proveEventCommand, verifyAuditCommand, type VerifiedState, type VerifyLogInput } from '../audit/index.js'
import { loadPasskeys } from '../factors/webauthn/index.js'
import { openAdapters } from './adapters.js'
import { composeCallers } from './callers.js'
import { composeModules } from './modules.js'
import { issuerMetadata } from './issuer-metadata.js'
import { createNameKeeper } from './names.js'
import type { AppOptions } from './options.js'
import { partsReadBy } from './parts-read.js'
import { composePolicy } from './policy.js'
import { buildAppSchema } from './schema.js'
import { startServices } from './services.js'
import { createHttpServer, type RunningServer } from '../http/index.js'
import { repeatEvery } from '../kernel/repeat.js'
import { operatorCommand, type OperatorCommand } from '../operators/index.js'
import type { Policy } from '../policy/index.js'

/** A gateway that is assembled but does not listen yet. */
export interface App {
  /** The schema as it is served: guarded and locked. */
  readonly schema: GraphQLSchema
  readonly policy: Policy
  /** Number of commands sent to the store since the start. */
  roundTrips(): number
  listen(): Promise<RunningServer>
  /** Loads what is left out of the start, so that the first passkey does not wait for it. It is loaded when needed. */
  loadTheRest(): Promise<void>
  /** Checks the audit log, against a checkpoint noted earlier if there is one. Resolves to the exit status. */
  verifyAudit(print: Print, input?: VerifyAuditInput): Promise<number>
  /** Prints a proof that an event is in the audit log. Resolves to the exit status. */
  proveEvent(eventId: string, print: Print, printProblem: Print): Promise<number>
  /** Covers new events with a checkpoint now. Runs by itself while the gateway listens. Never rejects. */
  writeCheckpoint(): Promise<void>
  /** Brings the events of this process into the audit log and out of the documents that carried them. Never rejects. */
  drainAudit(): Promise<void>
  /** Does the same with what other processes left behind. Runs by itself while the gateway listens. Never rejects. */
  sweepAudit(): Promise<void>
  /** Grants, revokes or lists the role of operators. Resolves to the exit status. */
  administer(command: OperatorCommand, print: (line: string) => void): Promise<number>
  /**
   * Reloads the files that can be reloaded while the gateway runs. Never rejects: an unreadable file leaves the old
   * content in force.
   */
  reload(): Promise<void>
  /**
   * Finishes erasures that a process died during, and cleans up after finished ones. Runs every few minutes by itself.
   */
  resumeErasures(): Promise<void>
  /** Settles the names that processes left behind. Runs every few minutes by itself. Never rejects. */
  sweepNames(): Promise<void>
  /** Stops listening, and closes the store and everything else that was opened. */
  close(): Promise<void>
}

type Print = (line: string) => void

export interface VerifyAuditInput extends VerifyLogInput {
  readonly state?: VerifiedState | null
  readonly printProgress?: Print
}

const RESUME_SECONDS = 300
/** In addition to the thread that reads. */
const MOST_AUDIT_THREADS = 4

/** Assembles the gateway: the only place that knows every module. */
export async function createApp(options: AppOptions): Promise<App> {
  const adapters = await openAdapters(options)
  const { clock, store, delivery } = adapters
  const services = await startServices(adapters)
  const made: { policy?: Policy } = {}
  const modules = composeModules(adapters, services, () => {
    if (!made.policy) throw new Error('the policy is used before it is built')
    return made.policy
  })
  const built = { breakGlass: modules.breakGlass, schema: buildAppSchema(modules.resolvers) }
  const { schema, policy, documents } = composePolicy(adapters, services, built)
  made.policy = policy
  const { links, passwords } = options.config
  const server = await createHttpServer({
    config: options.config,
    logger: options.logger,
    clock,
    sentences: adapters.sentences,
    schema,
    documents,
    identify: composeCallers(adapters, services, partsReadBy(built.schema, policy)),
    authorize: (operation) => policy.authorize(operation),
    readiness: async () => {
      await store.ping()
      return true
    },
    clockSkew: () => services.clockWatch.skew(),
    jwks: () => services.tokens.accessTokens.jwks(),
    issuerMetadata: issuerMetadata(options.config),
    ...(modules.kinds.has('PUSH')
      ? { pushPage: { serviceName: options.config.serviceName, vapidPublicKey: delivery.push.publicKey } }
      : {}),
    ...(links.ownPages.length > 0
      ? { linkPages: { pages: links.ownPages, passwordMinLength: passwords.minLength } }
      : {}),
    ...(delivery.outbox ? { outbox: delivery.outbox } : {}),
  })
  const { operators, serviceKeys } = adapters.repositories
  const { secrets } = adapters
  const operating = { operators, serviceKeys, secrets, clock, audit: services.audit, notices: modules.notices }
  const resumeQuietly = () =>
    modules.resumeErasures().catch((err: unknown) => options.logger.error({ err }, 'erasures could not be finished'))
  const resuming = repeatEvery(RESUME_SECONDS, resumeQuietly)
  const nameKeeper = createNameKeeper(adapters)
  let resumedAtStart = Promise.resolve()
  let listening: RunningServer | null = null
  return {
    schema,
    policy,
    roundTrips: () => store.roundTrips,
    listen: async () => {
      await services.clockWatch.look()
      const running = await server.listen()
      services.clockWatch.start()
      resumedAtStart = resumeQuietly()
      nameKeeper.start()
      services.sweepOutbox()
      services.checkpointer.start(options.config.audit.checkpointSeconds)
      // Callers that still wait for their turn are answered at once.
      const close = (): Promise<void> => {
        services.turns.close()
        return running.close()
      }
      return (listening = { ...running, close })
    },
    loadTheRest: async () => {
      if (modules.kinds.has('WEBAUTHN')) await loadPasskeys()
    },
    verifyAudit: (print, { state = null, printProgress = () => undefined, ...input } = {}) => {
      const verifier = services.auditVerifierIn(Math.min(availableParallelism(), MOST_AUDIT_THREADS))
      return verifyAuditCommand({ verifier, print, printProgress, state }, input)
    },
    proveEvent: (eventId, print, printProblem) => {
      const { auditStore: events } = services
      const { checkpointStore: checkpoints } = adapters.repositories
      return proveEventCommand({ events, checkpoints, print, printProblem }, eventId)
    },
    writeCheckpoint: () => services.checkpointer.look(),
    drainAudit: () => services.audit.drain(),
    sweepAudit: () => services.audit.sweep(),
    administer: (command, print) => operatorCommand({ ...operating, print }, command),
    reload: () => adapters.networks.reload(),
    resumeErasures: modules.resumeErasures,
    sweepNames: () => nameKeeper.sweep(),
    close: async () => {
      await listening?.close()
      await Promise.all([resuming.stop(), resumedAtStart, nameKeeper.stop()])
      await services.close()
      await adapters.close(() => services.endAudit())
    },
  }
}
