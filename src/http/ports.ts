import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Actor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { LinkPage } from '../kernel/link-page.js'
import type { Logger } from '../kernel/logger.js'
import type { RequestContext, RequestOrigin } from '../kernel/request-context.js'
import type { Sentences } from '../kernel/sentences.js'
import type { DocumentLimits, DocumentReader } from '../policy/index.js'

/** The credential that a request presents. It is not checked yet. */
export interface PresentedCredential {
  readonly kind: 'cookie' | 'bearer'
  readonly token: string
  /** The `Stepgate-Session` header, which is used with a service key only; empty when it is not a token. */
  readonly actsFor?: string
}

export interface Identity<Viewer> {
  readonly actor: Actor
  /** The origin of the person a backend acts for; left out: the origin of the request. */
  readonly origin?: RequestOrigin
  /** Null for anonymous callers. */
  readonly viewer: Viewer | null
  /** The language of the viewer's account, and whether its owner chose it; null: unknown. */
  readonly language?: { readonly tag: string; readonly isChosen: boolean } | null
}

/** The operation of a request, whose document is valid. */
export interface OperationToRun {
  readonly document: DocumentNode
  readonly operationName: string | null
}

/** A valid operation within its limits, before it runs. */
export interface OperationToAuthorize<Viewer> {
  readonly document: DocumentNode
  readonly operationName: string | null
  /** As they were sent. Their types are already checked. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: RequestContext<Viewer>
}

/** The settings of the HTTP server. They have the same names in the configuration. */
export interface HttpConfig {
  readonly production: boolean
  /** The name of the service, as pages show it. */
  readonly serviceName: string
  /** The language of the installation, for callers that ask for none of the available ones. */
  readonly messages: { readonly language: string }
  /** The origins that may use passkeys. */
  readonly webauthn: { readonly origins: readonly string[] }
  /** Device cookies that one browser stores. */
  readonly devices: { readonly perBrowser: number }
  readonly server: {
    readonly host: string
    readonly port: number
    readonly publicUrl: string
    readonly allowedOrigins: readonly string[]
    readonly allowedHeaders: readonly string[]
    readonly trustedProxies: readonly string[]
    readonly forwardingHeaders: readonly string[]
    readonly introspection: boolean
    readonly requestTimeoutSeconds: number
    readonly headersTimeoutSeconds: number
    readonly keepAliveSeconds: number
    readonly drainSeconds: number
  }
  readonly documents: Pick<DocumentLimits, 'maxTokens'> & { readonly maxBodyBytes: number }
}

/** The gateway's own pages for links in mails, used when the application has none. */
export interface LinkPageSettings {
  readonly pages: readonly LinkPage[]
  /** Shown below the field for a new password. */
  readonly passwordMinLength: number
}

export interface OutboxMessage {
  readonly channel: 'mail' | 'sms'
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly sentAt: Date
}

/** What the HTTP server needs from the other parts of the gateway. */
export interface HttpPorts<Viewer> {
  readonly config: HttpConfig
  readonly logger: Logger
  readonly clock: Clock
  readonly sentences: Sentences
  readonly schema: GraphQLSchema
  /** Checks documents before they run. */
  readonly documents: DocumentReader
  /**
   * Identifies the caller, and reads what the operation needs of them: anonymous without a valid credential. Throws
   * `Unavailable` when the check is impossible.
   */
  identify(
    credential: PresentedCredential | null,
    request: { readonly requestId: string; readonly origin: RequestOrigin },
    operation: OperationToRun | null,
  ): Promise<Identity<Viewer>>
  /**
   * Allows the operation or throws a `Refusal`, which becomes the whole answer. Called once for each operation, before its
   * resolvers. Sets `operation` and `access` in the context.
   */
  authorize(operation: OperationToAuthorize<Viewer>): Promise<void>
  /** Whether the store answers. */
  readonly readiness: () => Promise<boolean>
  /** How wrong the clock of the gateway is; null: it is right, as far as is known. */
  readonly clockSkew?: () => object | null
  /** The public keys of access tokens (RFC 7517). */
  jwks(): Promise<object>
  /** What the issuer of tokens says about itself (RFC 8414). */
  readonly issuerMetadata?: object
  /** The settings of the page for push devices; left out: there is no such page. */
  readonly pushPage?: {
    readonly serviceName: string
    /** The key that browsers subscribe with; null: no push messages. */
    readonly vapidPublicKey: string | null
  }
  /** Left out: there are no pages for links in mails. */
  readonly linkPages?: LinkPageSettings
  /** The development outbox; left out: there is no such page. */
  readonly outbox?: { messages(): readonly OutboxMessage[] }
}
