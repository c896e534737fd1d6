import type { GraphQLSchema } from 'graphql'
import { verifyAuditCommand } from '../audit/index.js'
import { composeCapabilities, type AppOptions } from './capabilities.js'
import { composePolicy } from './policy.js'
import { buildAppSchema } from './schema.js'
import { createHttpServer, type RunningServer } from '../http/index.js'
import { repeatEvery } from '../kernel/repeat.js'
import { operatorCommand, type OperatorCommand } from '../operators/index.js'
import { resumeErasures } from '../personal-data/index.js'
import type { Policy } from '../policy/index.js'

/** A gateway that is put together and has not begun to listen. */
export interface App {
  /** The schema as it is served: guarded and locked. */
  readonly schema: GraphQLSchema
  readonly policy: Policy
  /** How many commands were sent to the store since the start. */
  roundTrips(): number
  listen(): Promise<RunningServer>
  /** Checks the hash chain of the audit log, against a head noted earlier if there is one. Resolves to the exit status. */
  verifyAudit(print: (line: string) => void, head?: { sequence: number; hash: string } | null): Promise<number>
  /** Grants, revokes or lists the role of operators. Resolves to the exit status. */
  administer(command: OperatorCommand, print: (line: string) => void): Promise<number>
  /** Reads anew what may be read anew while the gateway runs. Never rejects: what cannot be read stays as it was. */
  reload(): Promise<void>
  /** Finishes erasures somebody died over, and sweeps up after those that are done. Does so by itself, every few minutes. */
  resumeErasures(): Promise<void>
  /** Closes the store and what else was opened. The server is closed by whoever started it, before. */
  close(): Promise<void>
}

const RESUME_SECONDS = 300

/** Puts the gateway together: the only place that knows everyone. */
export async function createApp(options: AppOptions): Promise<App> {
  const capabilities = await composeCapabilities(options)
  const { clock, store } = capabilities
  const { schema, policy, documents } = composePolicy(capabilities, (lazyPolicy) =>
    buildAppSchema(capabilities, lazyPolicy),
  )
  const { links, passwords } = options.config
  const server = await createHttpServer({
    config: options.config,
    logger: options.logger,
    clock,
    schema,
    documents,
    identify: capabilities.identify,
    authorize: (operation) => policy.authorize(operation),
    readiness: async () => {
      await store.ping()
      return true
    },
    jwks: () => capabilities.accessTokens.jwks(),
    ...(capabilities.kinds.has('PUSH')
      ? { pushPage: { serviceName: options.config.serviceName, vapidPublicKey: capabilities.pushDelivery.publicKey } }
      : {}),
    ...(links.ownPages.length > 0
      ? { linkPages: { pages: links.ownPages, passwordMinLength: passwords.minLength } }
      : {}),
    ...(capabilities.outbox ? { outbox: capabilities.outbox } : {}),
  })
  const resume = () => resumeErasures(capabilities)
  const resumeQuietly = () =>
    resume().catch((err: unknown) => options.logger.error({ err }, 'erasures could not be finished'))
  const resuming = repeatEvery(RESUME_SECONDS, resumeQuietly)
  let resumedAtStart = Promise.resolve()
  return {
    schema,
    policy,
    roundTrips: () => store.roundTrips,
    listen: async () => {
      const running = await server.listen()
      resumedAtStart = resumeQuietly()
      return running
    },
    verifyAudit: (print, head) =>
      verifyAuditCommand({ store: capabilities.auditStore, print }, head ? { expected: head } : {}),
    administer: (command, print) => operatorCommand({ ...capabilities, print }, command),
    reload: () => capabilities.networks.reload(),
    resumeErasures: resume,
    close: async () => {
      await Promise.all([resuming.stop(), resumedAtStart])
      await capabilities.close()
    },
  }
}
