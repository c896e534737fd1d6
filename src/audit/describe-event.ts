import type { AuditContext } from '../kernel/request-context.js'
import {
  AUDIT_VERSION,
  type AuditContribution,
  type AuditEventContext,
  type AuditFact,
  type AuditMetadata,
  type AuditObservation,
  type AuditRisk,
  type AuditValues,
  type NewAuditEvent,
} from './audit-event.js'
import { cleanText, cleanTextOrNull } from './clean-text.js'
import { commitTo } from './personal-parts.js'
import { isPlainFact } from './plain-facts.js'

const MAX_ID = 128
const MAX_TEXT = 256
const MAX_USER_AGENT = 512
const MAX_ENTRIES = 32
const MAX_TARGETS = 50

/** Names of values that must never be stored. */
const SECRET_NAME = /(?:password|passphrase|secret|token|otp|cookie|authorization)$|^(?:code|seed|pin)$/i
const BLANKED = '[removed]'

export interface Stamp {
  readonly id: string
  readonly now: Date
  /** The country of an address, as ISO 3166-1 alpha-2; null if it is unknown. */
  readonly countryOf: (address: string) => string | null
  readonly newSalt: () => string
}

/** Turns the input of a use case into a fact for the log: complete, bounded, one line per text (R117). */
export function describeEvent(given: NewAuditEvent, stamp: Stamp): AuditFact {
  const context = given.context && eventContextOf(given.context, stamp.countryOf)
  const { metadata, details } = splitMetadata(given.metadata ?? {})
  return {
    id: stamp.id,
    action: given.action,
    version: AUDIT_VERSION,
    occurredAt: stamp.now,
    actor: { id: cleanTextOrNull(given.actor.id, MAX_ID), type: given.actor.type },
    targets: given.targets.slice(0, MAX_TARGETS).map(({ id, type }) => ({ id: cleanText(id, MAX_ID), type })),
    organizationId: cleanTextOrNull(given.organizationId, MAX_ID),
    outcome: given.outcome,
    reason: cleanTextOrNull(given.reason, MAX_TEXT),
    risk: given.risk ? cleanRisk(given.risk) : null,
    context,
    metadata,
    details,
    ...commitTo({ context, details }, stamp.newSalt),
  }
}

/** The parts of a request that an event keeps. */
function eventContextOf(context: AuditContext, countryOf: Stamp['countryOf']): AuditEventContext {
  return {
    ip: cleanText(context.origin.address, MAX_ID),
    country: cleanTextOrNull(countryOf(context.origin.address), MAX_ID),
    userAgent: cleanText(context.origin.userAgent, MAX_USER_AGENT),
    deviceId: context.deviceId,
    sessionId: context.sessionId,
    requestId: cleanText(context.requestId, MAX_ID),
    operationName: cleanTextOrNull(context.operation?.name, MAX_ID),
    operationHash: cleanTextOrNull(context.operation?.hash, MAX_ID),
  }
}

function cleanRisk(risk: AuditRisk): AuditRisk {
  return {
    verdict: risk.verdict,
    level: risk.level,
    score: finite(risk.score) ?? 0,
    contributions: risk.contributions.slice(0, MAX_ENTRIES).map(cleanContribution),
    threshold: finiteOrNull(risk.threshold),
    promptBudget: finiteOrNull(risk.promptBudget),
    modelVersion: finiteOrNull(risk.modelVersion),
    observation: risk.observation ? cleanObservation(risk.observation) : null,
  }
}

function cleanContribution({ code, nats, facts }: AuditContribution): AuditContribution {
  const entries = Object.entries(facts ?? {}).slice(0, MAX_ENTRIES)
  return {
    code: cleanText(code, MAX_ID),
    nats: finite(nats) ?? 0,
    ...(entries.length === 0
      ? {}
      : { facts: Object.fromEntries(entries.map(([name, value]) => [cleanName(name), cleanScalar(value)])) }),
  }
}

function cleanObservation({ agent, language, timeZone }: AuditObservation): AuditObservation {
  const { system, browser, major } = agent
  return { agent: { system, browser, major: major === null ? null : finite(major) }, language, timeZone }
}

/** Our own facts stay as long as the event; the others are a part that can be erased. */
function splitMetadata(given: AuditMetadata): Pick<AuditFact, 'metadata' | 'details'> {
  const entries = Object.entries(given).slice(0, MAX_ENTRIES)
  const clean = (isPlain: boolean): AuditValues =>
    Object.fromEntries(
      entries
        .filter(([name, value]) => isPlainFact(name, value) === isPlain)
        .map(([name, value]) => [cleanName(name), cleanValue(name, value)]),
    )
  const details = clean(false)
  return { metadata: clean(true), details: Object.keys(details).length === 0 ? null : details }
}

// Names become paths in a document: no dots, no dollar signs, nothing like `__proto__`.
const cleanName = (name: string): string => name.replace(/[^A-Za-z0-9_]|^_+/g, '').slice(0, 64) || 'unnamed'

function cleanValue(name: string, value: AuditMetadata[string]): AuditValues[string] {
  if (SECRET_NAME.test(name)) return BLANKED
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null ? value.slice(0, MAX_ENTRIES).map(cleanScalar) : cleanScalar(value)
}

function cleanScalar(value: string | number | boolean | null): string | number | boolean | null {
  if (typeof value === 'string') return cleanText(value, MAX_TEXT)
  return typeof value === 'number' ? finite(value) : value
}

// Stores and JSON disagree about NaN and the infinities, and the hash has to survive both.
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

const finiteOrNull = (value: number | null | undefined): number | null => finite(value ?? NaN)
