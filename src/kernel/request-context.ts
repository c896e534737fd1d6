import type { ServiceScope } from './access.js'
import type { Actor, ServiceActor } from './actor.js'
import type { AccountId, DeviceId, SessionId } from './ids.js'
import { refuse } from './refusal.js'

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
  /** The device token this client presented for the account, by cookie or by the `Stepgate-Device` header. */
  deviceToken(accountId: AccountId): string | null
  /** What stands in the `Stepgate-Device-Proof` header; null without one, and for one longer than any proof is. */
  deviceProof(): string | null
  /** The secret by which this browser is known as the one that asked for a link; null without. */
  linkClient(): string | null
  setLinkClient(credential: SessionCredential): void
  setDevice(accountId: AccountId, credential: SessionCredential): void
  clearDevice(accountId: AccountId): void
}

/** What the policy settled for this operation, and what the shield rules answer from. */
export interface AccessGrant {
  /** Whether the decided and allowed plan reaches this field. */
  covers(typeName: string, fieldName: string): boolean
}

/** The GraphQL context. `Viewer` is what a face needs of the signed-in person; the transport loads it in one read. */
export interface RequestContext<Viewer = unknown> {
  readonly requestId: string
  readonly actor: Actor
  readonly viewer: Viewer | null
  readonly origin: RequestOrigin
  readonly jar: CredentialJar
  /** Set once the document is parsed and before anything runs. */
  operation: OperationIdentity | null
  /** Set by the policy when it allows the operation; while null every guarded field is refused. */
  access: AccessGrant | null
  /** Work to do once the answer is on its way, such as sending mail, so that its time tells nothing. */
  afterAnswer(work: () => Promise<void>): void
}

/** The parts of a request that audit events name. */
export interface AuditContext {
  readonly requestId: string
  readonly origin: RequestOrigin
  readonly operation: OperationIdentity | null
  readonly sessionId: SessionId | null
  readonly deviceId: DeviceId | null
}

/** The signed-in person. The policy has refused anonymous callers before; this is the lock behind the lock. */
export function viewerOf<Viewer>(context: RequestContext<Viewer>): Viewer {
  if (context.viewer === null || context.actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return context.viewer
}

/**
 * Closes every guarded field that is still to come in this operation. Call it when a resolver changes who the caller is or
 * what the caller may do: the operation was decided for the caller as they were at its start (R140).
 */
export function endGrant(context: Pick<RequestContext, 'access'>): void {
  context.access = null
}

/** The backend that calls, if its key is for this. The policy has let services alone through before. */
export function serviceOf({ actor }: RequestContext, scope: ServiceScope): ServiceActor {
  if (actor.kind !== 'service') throw refuse('UNAUTHENTICATED')
  if (!actor.scopes.includes(scope)) throw refuse('FORBIDDEN', { message: `The key lacks the scope ${scope}.` })
  return actor
}

/** What audit events say about the request. */
export function auditContextOf(context: RequestContext): AuditContext {
  const { requestId, origin, operation, actor } = context
  const session = actor.kind === 'session' ? actor : null
  return { requestId, origin, operation, sessionId: session?.sessionId ?? null, deviceId: session?.deviceId ?? null }
}
