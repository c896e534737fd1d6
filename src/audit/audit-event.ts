import type { Actor } from '../kernel/actor.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AuditAction } from './audit-actions.js'

/** `SUCCESS`: it happened. `FAILURE`: it was tried and went wrong. `DENIED`: a rule refused it. */
export const AUDIT_OUTCOMES = ['SUCCESS', 'FAILURE', 'DENIED'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/**
 * Who acts: an account, an unknown caller, a backend with a key, the gateway itself, or an operator on the command
 * line.
 */
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
  /** Plain values that the code alone does not say; absent if there are none. */
  readonly facts?: Readonly<Record<string, MetadataScalar>> | null
  /** A sentence in English, in events that are older than facts. */
  readonly detail?: string | null
}

/** What the risk assessment said, with every contribution to its score. */
export interface AuditRisk {
  readonly verdict: 'ALLOW' | 'CHALLENGE' | 'BLOCK'
  readonly level: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  readonly score: number
  readonly contributions: readonly AuditContribution[]
  /** Up to this score, in nats, nothing was asked. These three are absent in events of older gateways. */
  readonly threshold?: number | null
  /** The share of legitimate sign-ins that may be prompted; null: the threshold never moved. */
  readonly promptBudget?: number | null
  /** Scores of different versions of the model cannot be compared. */
  readonly modelVersion?: number | null
  /** What the client showed of itself, as keyed hashes; labels learn from it. */
  readonly observation?: AuditObservation | null
}

/** 48 bits of a keyed hash each; null if the value was not observed. */
export interface AuditObservation {
  readonly agent: { readonly system: number; readonly browser: number; readonly major: number | null }
  readonly language: number | null
  readonly timeZone: number | null
}

/**
 * The request of an event. Full addresses are only here. The first five fields are a personal part of the event: null
 * once it is erased.
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

/** Metadata as stored, by name. */
export type AuditValues = Readonly<Record<string, MetadataScalar | readonly MetadataScalar[]>>

/** One immutable fact, before it gets its place in a stream. Its personal parts can be erased later (0051). */
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
  /** Null if no request caused it, as on the command line. */
  readonly context: AuditEventContext | null
  readonly metadata: AuditValues
  /** Metadata that may say something about a person; null if there is none or it is erased. */
  readonly details: AuditValues | null
  /** What the event's hash covers instead of its personal parts; null for an empty part. */
  readonly commitments: PersonalParts<string | null>
  /** Keeps the contents of a commitment from being guessed; null for an empty or erased part. */
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

/** The stream of all events that are older than streams. */
export const FIRST_STREAM = ''

/** One immutable fact in a hash-chained stream of the log. */
export interface AuditEvent
  extends Omit<AuditFact, 'version' | SinceVersion2>, Partial<Pick<AuditFact, SinceVersion2>> {
  readonly version: 1 | 2 | typeof AUDIT_VERSION
  /** The chain it belongs to; each process writes its own. */
  readonly stream: string
  /** Its place in the stream: 1, 2, 3, … without gaps. */
  readonly sequence: number
  /** The hash of the previous event in the stream; `GENESIS_HASH` in the first one. */
  readonly previousHash: string
  /** SHA-256 over everything else in the event, with commitments instead of its personal parts. */
  readonly hash: string
}

/** What a use case records; the log adds id, time and place in its stream. */
export interface NewAuditEvent {
  readonly action: AuditAction
  readonly actor: AuditActor
  readonly targets: readonly AuditTarget[]
  readonly outcome: AuditOutcome
  /** The request as it came in; spread it to name a session or device that is new: `{ ...context, sessionId }`. */
  readonly context: AuditContext | null
  readonly organizationId?: string | null
  /** Why, in a word or short phrase such as `wrong-password`. Never text from the caller. */
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
