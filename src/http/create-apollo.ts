import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default'
import type { DocumentNode, GraphQLFormattedError } from 'graphql'
import { answerPlugin } from './answer-plugin.js'
import { authorizePlugin } from './authorize-plugin.js'
import { maskError } from './mask-error.js'
import type { HttpPorts } from './ports.js'
import type { HttpContext } from './request-context.js'

type ApolloPorts<Viewer> = Pick<HttpPorts<Viewer>, 'config' | 'logger' | 'schema' | 'authorize' | 'documents'>

/** Apollo Server without the features that reveal, store or send more than the answer (R111, A2, A24). */
export async function createApollo<Viewer>(ports: ApolloPorts<Viewer>): Promise<ApolloServer<HttpContext<Viewer>>> {
  const { config, logger, schema, documents } = ports
  const apollo = new ApolloServer<HttpContext<Viewer>>({
    schema,
    plugins: [authorizePlugin(ports), answerPlugin(logger), ...builtIn(config.server.introspection)],
    formatError,
    documentStore: documentsThatWereRead(documents),
    introspection: config.server.introspection,
    nodeEnv: config.production ? 'production' : 'development',
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: config.documents.maxTokens },
    validationOptions: { maxErrors: 1 },
    stringifyResult: (value) => JSON.stringify(value),
    logger: loggerForApollo(logger),
  })
  await apollo.start()
  return apollo
}

function builtIn(sandbox: boolean): readonly ApolloServerPlugin<HttpContext<unknown>>[] {
  return [
    // Each of these wraps resolvers or sends data to other servers.
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    sandbox
      ? ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false }, includeCookies: true })
      : ApolloServerPluginLandingPageDisabled(),
  ]
}

function formatError({ path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, extensions } = maskError(error)
  return path ? { message, path, extensions } : { message, extensions }
}

/**
 * The gate has already parsed, measured and validated each document, so Apollo does not do it again. If a document has left
 * the cache by then, Apollo parses and validates it itself.
 */
function documentsThatWereRead(documents: HttpPorts<unknown>['documents']): {
  get(key: string): Promise<DocumentNode | undefined>
  set(): Promise<void>
  delete(): Promise<void>
} {
  const SHA256_HEX_LENGTH = 64
  return {
    get: (key) => Promise.resolve(documents.find(key.slice(-SHA256_HEX_LENGTH))),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  }
}

/** Logs only that Apollo reported something: its texts may contain error messages. Faults have a log line of their own. */
function loggerForApollo(
  logger: HttpPorts<unknown>['logger'],
): Record<'debug' | 'info' | 'warn' | 'error', () => void> {
  const note = (): void => logger.warn({}, 'apollo reported a problem')
  return { debug: () => undefined, info: () => undefined, warn: note, error: note }
}
