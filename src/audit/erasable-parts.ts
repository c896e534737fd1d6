import type { AuditAction } from './audit-actions.js'
import type { AuditEvent, PersonalParts } from './audit-event.js'

/** What begins the erasure of an account. Without one on record nothing may be missing from the events about it. */
export const ERASURES: readonly AuditAction[] = ['account.closed', 'admin.account_erased']

/**
 * Which parts of an event are erased with an account. The origin of a request belongs to the account that made it: an
 * operator's address stays, or erasing an account would erase the operator's tracks.
 */
export function erasableParts(event: Pick<AuditEvent, 'actor' | 'targets'>, accountId: string): PersonalParts<boolean> {
  const isActor = event.actor.id === accountId
  const isAbout = isActor || accountsIn(event).includes(accountId)
  return { origin: isActor || (isAbout && event.actor.type !== 'ACCOUNT'), details: isAbout }
}

/** The account whose erasure this event begins; null when it is another event. */
export function erasedAccount(event: AuditEvent): string | null {
  if (!ERASURES.includes(event.action)) return null
  return event.targets.find(({ type }) => type === 'ACCOUNT')?.id ?? null
}

/** Every account an event names, the one that acted first. */
export function accountsIn({ actor, targets }: Pick<AuditEvent, 'actor' | 'targets'>): readonly string[] {
  const targeted = targets.flatMap(({ id, type }) => (type === 'ACCOUNT' ? [id] : []))
  return actor.type === 'ACCOUNT' && actor.id !== null ? [actor.id, ...targeted] : targeted
}
