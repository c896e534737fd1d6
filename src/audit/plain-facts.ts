import type { AuditMetadata } from './audit-event.js'

/**
 * Metadata whose text is always one of our own words or an id. Text under any other name may say something about a
 * person and is erased with their account. A name that is missing here is therefore erased too, and reveals nothing.
 */
const PLAIN_NAMES: ReadonlySet<string> = new Set([
  'after',
  'because',
  'before',
  'codesLeft',
  'deviceFault',
  'errorCode',
  'factorType',
  'fields',
  'ground',
  'intent',
  'invitationId',
  'issuer',
  'kind',
  'label',
  'notice',
  'purpose',
  'replaces',
  'role',
  'serviceKey',
  'state',
  'tenant',
  'verdict',
])

/** Whether a fact stays with its event when what is personal about it is erased. */
export function isPlainFact(name: string, value: AuditMetadata[string]): boolean {
  if (PLAIN_NAMES.has(name) || value instanceof Date) return true
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.every((each) => typeof each !== 'string')
}
