import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Actor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { LinkPage } from '../kernel/link-page.js'
import type { Logger } from '../kernel/logger.js'
import type { RequestContext, RequestOrigin } from '../kernel/request-context.js'
import type { Sentences } from '../kernel/sentences.js'
import type { DocumentLimits, DocumentReader } from '../policy/index.js'

/** What a request presented to prove who sends it; nothing about it has been checked. */
export interface PresentedCredential {
  readonly kind: 'cookie' | 'bearer'
  readonly token: string
  /** The `Stepgate-Session` header, which counts beside a service key only; empty when it holds no token. */
  readonly actsFor?: string
}

export interface Identity<Viewer> {
  readonly actor: Actor
  /** Where the person is, when somebody else calls for them; left out: where the request comes from. */
  readonly origin?: RequestOrigin
  /** Null for anonymous callers. */
  readonly viewer: Viewer | null
  /** The language that the account of the viewer is set to. */
  readonly language?: string | null
}

/** An operation that is valid and within its limits, before anything of it has run. */
export interface OperationToAuthorize<Viewer> {
  readonly document: DocumentNode
  readonly operationName: string | null
  /** As they were sent; they have been found to fit their types. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: RequestContext<Viewer>
}

/** The settings of the transport; the configuration has them under the same names. */
export interface HttpConfig {
  readonly production: boolean
  /** The name people know the service by, for pages. */
  readonly serviceName: string
  readonly server: {
    readonly host: string
    readonly port: number
    readonly publicUrl: string
    readonly allowedOrigins: readonly string[]
    readonly trustedProxies: readonly string[]
    readonly introspection: boolean
    readonly requestTimeoutSeconds: number
    readonly headersTimeoutSeconds: number
    readonly keepAliveSeconds: number
    readonly drainSeconds: number
  }
  readonly documents: Pick<DocumentLimits, 'maxTokens'> & { readonly maxBodyBytes: number }
}

/** The pages of our own that links in mails lead to, where no application has pages for them. */
export interface LinkPageSettings {
  readonly pages: readonly LinkPage[]
  /** Shown beside the field of a new password. */
  readonly passwordMinLength: number
}

export interface OutboxMessage {
  readonly channel: 'mail' | 'sms'
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly sentAt: Date
}

/** What the transport needs of everybody else. */
export interface HttpPorts<Viewer> {
  readonly config: HttpConfig
  readonly logger: Logger
  readonly clock: Clock
  readonly sentences: Sentences
  readonly schema: GraphQLSchema
  /** The gate that documents pass before anything of them runs. */
  readonly documents: DocumentReader
  /** Who is calling: anonymous when the credential is missing or no good. Throws `Unavailable` when it cannot tell. */
  identify(
    credential: PresentedCredential | null,
    request: { readonly requestId: string; readonly origin: RequestOrigin },
  ): Promise<Identity<Viewer>>
  /**
   * Allows the operation, or throws a `Refusal` that becomes the whole answer. Called once for each operation, before
   * any resolver; it sets `operation` and `access` of the context.
   */
  authorize(operation: OperationToAuthorize<Viewer>): Promise<void>
  /** Whether the store answers. */
  readonly readiness: () => Promise<boolean>
  /** The public keys of access tokens (RFC 7517). */
  jwks(): Promise<object>
  /** What the page for devices that answer prompts has to know; left out, there is no such page. */
  readonly pushPage?: {
    readonly serviceName: string
    /** The key browsers subscribe with; null: they are not woken up. */
    readonly vapidPublicKey: string | null
  }
  /** Left out, there are no pages of our own for links in mails. */
  readonly linkPages?: LinkPageSettings
  /** The development outbox; left out, there is no such page. */
  readonly outbox?: { messages(): readonly OutboxMessage[] }
}
