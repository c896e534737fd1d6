import type { AuditTarget, NewAuditEvent } from './audit-event.js'

/** Refusals that are counted together. */
export interface Repeats {
  readonly key: string
  readonly caller: string
  /** Whether it holds everything of its action that came after the caller had too many kinds. */
  readonly isOverflow: boolean
  /** The request of the event that was written for the first of them. */
  readonly requestId: string | null
  startedAt: Date
  /** How many came since something was last written. */
  count: number
  first: Date
  last: Date
  /** The newest. */
  event: NewAuditEvent
}

const MAX_TARGETS = 10

/** Equal is: the same caller, session and address, refused the same operation and fields for the same reason. */
export function repeatKey({ action, actor, context, reason, targets, metadata }: NewAuditEvent): string {
  const operation = context?.operation?.hash ?? null
  const fields = targets.map(({ id }) => id)
  const from = [context?.sessionId ?? null, context?.origin.address ?? null]
  return JSON.stringify([action, actor.type, actor.id, ...from, operation, fields, reason ?? null, metadata ?? null])
}

export const overflowKey = ({ action, actor }: NewAuditEvent): string => JSON.stringify([action, actor.type, actor.id])

/** One event for all of them: what the newest was, how many there were, and when the first and the last came. */
export function summaryOf({ event, count, first, last, isOverflow }: Repeats): NewAuditEvent {
  const counted = { repeats: count, firstAt: first, lastAt: last, ...(isOverflow ? { differing: true } : {}) }
  return { ...event, targets: distinct(event.targets), metadata: { ...event.metadata, ...counted } }
}

/** Each target once, as many as one event names. */
export function distinct(targets: readonly AuditTarget[]): readonly AuditTarget[] {
  const byId = new Map(targets.map((target) => [`${target.type} ${target.id}`, target]))
  return [...byId.values()].slice(0, MAX_TARGETS)
}
