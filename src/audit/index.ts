export {
  AUDIT_ACTIONS,
  describeAuditActions,
  isAuditAction,
  type AuditAction,
  type AuditActionNotes,
} from './audit-actions.js'
export {
  accountActor,
  ANONYMOUS_ACTOR,
  AUDIT_OUTCOMES,
  auditActorOf,
  serviceActor,
  type AuditActor,
  type AuditActorType,
  type AuditEvent,
  type AuditEventContext,
  type AuditMetadata,
  type AuditObservation,
  type AuditOutcome,
  type AuditRisk,
  type AuditTarget,
  type AuditTargetType,
  type NewAuditEvent,
} from './audit-event.js'
export { createAuditLog, type AuditLog, type AuditLogDeps } from './audit-log.js'
export { createRefusalLog, type RefusalLog } from './refusal-log.js'
export { GENESIS_HASH, type ChainHead } from './chain.js'
export { eraseEvents, type EraseEventsOutcome } from './erase-events.js'
export { erasableParts } from './erasable-parts.js'
export { findEvents, type AuditPage, type FindEventsInput, type FindEventsOutcome } from './find-events.js'
export { ERASED_DETAILS, ERASED_ORIGIN, withDetails } from './personal-parts.js'
export type { AuditFilter, AuditSlice, AuditStore, ErasedEvents, EventsToErase } from './ports.js'
export {
  verifyChain,
  type ChainBreak,
  type ChainFault,
  type VerifyChainInput,
  type VerifyChainOutcome,
} from './verify-chain.js'
export { verifyAuditCommand } from './verify-command.js'
export { lostTrustEvents, type LostTrust } from './trust-events.js'
