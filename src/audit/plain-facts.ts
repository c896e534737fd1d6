import type { AuditMetadata } from './audit-event.js'

/**
 * Metadata whose text is a word of ours or an id, whoever it is about. Text under any other name may say something about a
 * person and goes when they are erased: a name that is forgotten here is lost then, and tells nothing.
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
