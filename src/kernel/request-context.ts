import type { ServiceScope } from './access.js'
import type { Actor, ServiceActor } from './actor.js'
import type { AccountId, DeviceId, SessionId } from './ids.js'
import type { NamedRate } from './rate-limit-headers.js'
import { refuse } from './refusal.js'
import type { Say } from './sentences.js'

/** Where a request came from, as far as the transport can tell. */
export interface RequestOrigin {
  /** The client's address: the right-most untrusted hop. IPv4-mapped IPv6 is written as IPv4. */
  readonly address: string
  readonly userAgent: string
  /** `Sec-CH-UA`, `Sec-CH-UA-Mobile`, `Sec-CH-UA-Platform`; empty when the client sent none. */
  readonly clientHints: { readonly brands: string; readonly mobile: string; readonly platform: string }
  readonly language: string
}

/** The operation being run: its name and a hash of document, name and variables. Values are never kept. */
export interface OperationIdentity {
  readonly name: string | null
  readonly hash: string
}

/** A session credential as it leaves the gateway, by cookie or in a payload. Plain, so never stored or logged. */
export interface SessionCredential {
  readonly token: string
  readonly expiresAt: Date
}

/** How resolvers hand credentials to the transport: cookies for browsers, nothing for bearer clients. */
export interface CredentialJar {
  setSession(credential: SessionCredential): void
  clearSession(): void
  /** The device token this client presented for the account, in its cookie or in the `Stepgate-Device` header. */
  deviceToken(accountId: AccountId): string | null
  /** The value of the `Stepgate-Device-Proof` header; null when it is missing or longer than any valid proof. */
  deviceProof(): string | null
  /** The secret that identifies this browser as the one that requested a link; null when it has none. */
  linkClient(): string | null
  setLinkClient(credential: SessionCredential): void
  setDevice(accountId: AccountId, credential: SessionCredential): void
  clearDevice(accountId: AccountId): void
}

/** What is left of a limit after this operation. */
export interface Quota {
  readonly limit: NamedRate
  readonly left: number
  readonly endsInSeconds: number
}

/** The policy's decision for this operation, which never changes. The shield rules read it. */
export interface AccessGrant {
  /** Whether the plan that was decided and allowed includes this field. */
  covers(typeName: string, fieldName: string): boolean
}

/**
 * The GraphQL context. `Viewer` is what the resolvers need of the signed-in person; the transport loads it in one read.
 */
export interface RequestContext<Viewer = unknown> {
  readonly requestId: string
  readonly actor: Actor
  readonly viewer: Viewer | null
  readonly origin: RequestOrigin
  readonly jar: CredentialJar
  /** Set once the document is parsed, before anything is executed. */
  operation: OperationIdentity | null
  /** A limit that this operation spent of, for the headers of the answer; only the caller's own, never a shared one. */
  quota?: Quota
  /** Set by the policy when it allows the operation; while it is null, every guarded field is refused. */
  access: AccessGrant | null
  readonly say: Say
  /** Whether the client has disconnected, so that no one would read the answer. */
  readonly isGone: () => boolean
  /** Runs work after the answer is sent, such as sending mail, so that the response time reveals nothing about it. */
  afterAnswer(work: () => Promise<void>): void
}

/** The parts of a request that audit events record. */
export interface AuditContext {
  readonly requestId: string
  readonly origin: RequestOrigin
  readonly operation: OperationIdentity | null
  readonly sessionId: SessionId | null
  readonly deviceId: DeviceId | null
}

/** The signed-in person. The policy has already refused anonymous callers; this is a second lock. */
export function viewerOf<Viewer>(context: RequestContext<Viewer>): Viewer {
  if (context.viewer === null || context.actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return context.viewer
}

/**
 * Closes every guarded field that has not run yet in this operation. Call it when a resolver changes the caller's
 * identity or permissions: the policy decided the operation for the caller as it was at the start (R140).
 */
export function endGrant(context: Pick<RequestContext, 'access'>): void {
  context.access = null
}

/**
 * The calling backend, if its key has this scope. The policy has already admitted only services; this is a second lock.
 */
export function serviceOf({ actor }: RequestContext, scope: ServiceScope): ServiceActor {
  if (actor.kind !== 'service') throw refuse('UNAUTHENTICATED')
  if (!actor.scopes.includes(scope)) throw refuse('FORBIDDEN', { says: { id: 'service-key.scope', values: { scope } } })
  return actor
}

/** What audit events record about the request. */
export function auditContextOf(context: RequestContext): AuditContext {
  const { requestId, origin, operation, actor } = context
  const session = actor.kind === 'session' ? actor : null
  return { requestId, origin, operation, sessionId: session?.sessionId ?? null, deviceId: session?.deviceId ?? null }
}
