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
  AUDIT_ACTOR_TYPES,
  AUDIT_OUTCOMES,
  AUDIT_TARGET_TYPES,
  auditActorOf,
  SYSTEM_ACTOR,
  type AuditActor,
  type AuditActorType,
  type AuditEvent,
  type AuditEventContext,
  type AuditMetadata,
  type AuditOutcome,
  type AuditRisk,
  type AuditTarget,
  type AuditTargetType,
  type NewAuditEvent,
} from './audit-event.js'
export { createAuditLog, type AuditLog, type AuditLogDeps } from './audit-log.js'
export { chain, GENESIS_HASH, type ChainHead } from './chain.js'
export { findEvents, MAX_PAGE, type AuditPage, type FindEventsInput, type FindEventsOutcome } from './find-events.js'
export type { AuditFilter, AuditSlice, AuditStore } from './ports.js'
export {
  CHAIN_FAULTS,
  verifyChain,
  type ChainBreak,
  type ChainFault,
  type VerifyChainInput,
  type VerifyChainOutcome,
} from './verify-chain.js'
export { verifyAuditCommand } from './verify-command.js'
