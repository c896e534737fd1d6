import type { Actor } from '../kernel/actor.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AuditAction } from './audit-actions.js'

/** `SUCCESS`: it happened. `FAILURE`: it was tried and went wrong. `DENIED`: a rule refused it. */
export const AUDIT_OUTCOMES = ['SUCCESS', 'FAILURE', 'DENIED'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** Who acts: a person, nobody we know, a backend with a key, the gateway itself, or somebody on the command line. */
export const AUDIT_ACTOR_TYPES = ['ACCOUNT', 'ANONYMOUS', 'SERVICE', 'SYSTEM', 'OPERATOR'] as const
export type AuditActorType = (typeof AUDIT_ACTOR_TYPES)[number]

export const AUDIT_TARGET_TYPES = [
  'ACCOUNT',
  'SESSION',
  'FACTOR',
  'CHALLENGE',
  'DEVICE',
  'ORGANIZATION',
  'RISK_DECISION',
  'ADDRESS',
  'BUDGET',
  'FIELD',
  'LIST_ENTRY',
  'SERVICE_KEY',
] as const
export type AuditTargetType = (typeof AUDIT_TARGET_TYPES)[number]

export interface AuditActor {
  /** Null when there is no account or key to name. */
  readonly id: string | null
  readonly type: AuditActorType
}

export interface AuditTarget {
  readonly id: string
  readonly type: AuditTargetType
}

/** One contribution to a score: what was seen and what it added. */
export interface AuditContribution {
  readonly code: string
  readonly nats: number
  /** What the code alone does not say, in plain values; absent where there is nothing more to say. */
  readonly facts?: Readonly<Record<string, MetadataScalar>> | null
  /** A sentence in English, which events have that were written before there were facts. */
  readonly detail?: string | null
}

/** What the risk assessment said, with every contribution to its score. */
export interface AuditRisk {
  readonly verdict: 'ALLOW' | 'CHALLENGE' | 'BLOCK'
  readonly level: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  readonly score: number
  readonly contributions: readonly AuditContribution[]
  /** What the client showed of itself, as keyed hashes that tell nobody anything; for labels to learn from. */
  readonly observation?: AuditObservation | null
}

/** 48 bits of a keyed hash each; null where nothing was looked at. */
export interface AuditObservation {
  readonly agent: { readonly system: number; readonly browser: number; readonly major: number | null }
  readonly language: number | null
  readonly timeZone: number | null
}

/**
 * The request an event belongs to. Addresses stand here whole, and nowhere else. The first five are a personal part of the
 * event: null once it is erased.
 */
export interface AuditEventContext {
  readonly ip: string | null
  readonly country: string | null
  readonly userAgent: string | null
  readonly operationName: string | null
  readonly operationHash: string | null
  readonly deviceId: string | null
  readonly sessionId: string | null
  readonly requestId: string
}

type MetadataScalar = string | number | boolean | null
/** Further facts in plain values. Never a secret, code, token or password: names that sound like one are blanked. */
export type AuditMetadata = Readonly<Record<string, MetadataScalar | Date | readonly MetadataScalar[]>>

/** Plain values of the names they were given. */
export type AuditValues = Readonly<Record<string, MetadataScalar | readonly MetadataScalar[]>>

/** One immutable fact, before it has its place in a stream. Its personal parts can be erased later (0051). */
export interface AuditFact {
  readonly id: string
  readonly action: AuditAction
  /** The version of this shape. */
  readonly version: typeof AUDIT_VERSION
  readonly occurredAt: Date
  readonly actor: AuditActor
  readonly targets: readonly AuditTarget[]
  readonly organizationId: string | null
  readonly outcome: AuditOutcome
  readonly reason: string | null
  readonly risk: AuditRisk | null
  /** Null for what no request caused, such as a command line. */
  readonly context: AuditEventContext | null
  readonly metadata: AuditValues
  /** The metadata that may say something about a person; null without any, and once it is erased. */
  readonly details: AuditValues | null
  /** What the hash of the event covers in place of its personal parts; null for a part that is empty. */
  readonly commitments: PersonalParts<string | null>
  /** What keeps the commitments from being guessed; null for a part that is empty or erased. */
  readonly salts: PersonalParts<string | null>
}

/** `origin`: where the request came from. `details`: what the metadata says about a person. */
export interface PersonalParts<T> {
  readonly origin: T
  readonly details: T
}

/** Version 1 had no personal parts: everything in an event was hashed as it is. Version 2 had no streams. */
export const AUDIT_VERSION = 3

type SinceVersion2 = 'details' | 'commitments' | 'salts'

/** The stream of every event that was written before there were streams. */
export const FIRST_STREAM = ''

/** One immutable fact in a hash-chained stream of the log. */
export interface AuditEvent
  extends Omit<AuditFact, 'version' | SinceVersion2>, Partial<Pick<AuditFact, SinceVersion2>> {
  readonly version: 1 | 2 | typeof AUDIT_VERSION
  /** The chain it belongs to; each process writes its own. */
  readonly stream: string
  /** Its place there: 1, 2, 3, … without gaps. */
  readonly sequence: number
  /** The hash of the event before in its stream; the first event continues `GENESIS_HASH`. */
  readonly previousHash: string
  /** SHA-256 over everything else in the event, its personal parts by their commitments. */
  readonly hash: string
}

/** What a use case hands in; the log adds id, time and place in its stream. */
export interface NewAuditEvent {
  readonly action: AuditAction
  readonly actor: AuditActor
  readonly targets: readonly AuditTarget[]
  readonly outcome: AuditOutcome
  /** The request as it came in; spread it to name a session or device that is new: `{ ...context, sessionId }`. */
  readonly context: AuditContext | null
  readonly organizationId?: string | null
  /** Why, in one word or a short phrase of ours, such as `wrong-password`; never text of the caller. */
  readonly reason?: string | null
  readonly risk?: AuditRisk | null
  readonly metadata?: AuditMetadata
}

export const ANONYMOUS_ACTOR: AuditActor = Object.freeze({ id: null, type: 'ANONYMOUS' })

export const accountActor = (id: AccountId): AuditActor => ({ id, type: 'ACCOUNT' })

export const serviceActor = (id: ServiceKeyId): AuditActor => ({ id, type: 'SERVICE' })

/** The caller of a request as an audit actor. */
export function auditActorOf(actor: Actor): AuditActor {
  if (actor.kind === 'session') return accountActor(actor.accountId)
  return actor.kind === 'service' ? serviceActor(actor.keyId) : ANONYMOUS_ACTOR
}
