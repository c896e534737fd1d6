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
export { createAuditLog, type AuditLog, type AuditLogDeps, type StreamLog } from './audit-log.js'
export {
  NO_EVENTS,
  type ChangeEvents,
  type OutboxEntry,
  type OutboxHolder,
  type Waiting,
} from './outbox/change-events.js'
export type { OutboxSettings } from './outbox/outbox.js'
export type { OutboxStore } from './outbox/ports.js'
export { readAfterWriting } from './read-after-writing.js'
export { createRefusalLog, type RefusalLog } from './refusal-log.js'
export { GENESIS_HASH, type ChainHead } from './chain.js'
export { eraseEvents, type EraseEventsOutcome } from './erase-events.js'
export { erasableParts } from './erasable-parts.js'
export { findEvents, type AuditPage, type FindEventsInput, type FindEventsOutcome } from './find-events.js'
export { ERASED_DETAILS, ERASED_ORIGIN, withDetails } from './personal-parts.js'
export type {
  AuditFilter,
  AuditMoment,
  AuditSlice,
  AuditStore,
  CheckpointStore,
  ErasedEvents,
  EventsToErase,
  OpenStream,
  StreamReader,
} from './ports.js'
export type { Checkpoint, NotedCheckpoint } from './checkpoints/checkpoint.js'
export { checkProof, type CheckProofOutcome } from './checkpoints/check-proof.js'
export { proveEvent, type EventProof } from './checkpoints/prove-event.js'
export { createCheckpointer, type Checkpointer } from './checkpoints/checkpointer.js'
export { checkpointSigner, type CheckpointSigner, type FindKey } from './checkpoints/sign-checkpoint.js'
export { verifyLog, type VerifyLogDeps, type VerifyLogInput, type VerifyLogOutcome } from './verify/verify-log.js'
export { checkProofCommand, proveEventCommand } from './commands/proof-commands.js'
export { KeySetError, publishedKeys } from './commands/published-keys.js'
export { stateFile, StateFileError, type VerifiedState } from './commands/verified-state.js'
export { verifyAuditCommand } from './commands/verify-command.js'
export type { AuditVerifier, Watch } from './verify/verifier.js'
export { verifyPart, type LogPart, type PartReport } from './verify/verify-part.js'
export type { ChainBreak, ChainFault } from './verify/chain-break.js'
export { lostTrustEvents, type LostTrust } from './trust-events.js'
