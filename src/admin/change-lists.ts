import { auditActorOf, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import { refuse } from '../kernel/refusal.js'
import type { Actor } from '../kernel/actor.js'
import type { Clock } from '../kernel/clock.js'
import type { AuditContext } from '../kernel/request-context.js'
import {
  countryOf,
  judgeLists,
  type ListedFrom,
  type ListEntry,
  listEntryId,
  type Lists,
  type ListStore,
  type ListSubject,
  type ListVerdict,
  type RiskDeps,
} from '../risk/index.js'
import type { AsnLookup } from '../networks/index.js'

export interface ChangeListsDeps {
  readonly listStore: Pick<ListStore, 'put' | 'remove' | 'has' | 'count'>
  readonly lists: Pick<Lists, 'refresh'>
  readonly asn: AsnLookup
  readonly risk: Pick<RiskDeps, 'geo'>
  readonly audit: AuditLog
  readonly clock: Clock
  readonly maxListEntries: number
}

export interface AddListEntryInput {
  readonly actor: Actor
  readonly subject: ListSubject
  readonly verdict: ListVerdict
  readonly note: string | null
  readonly expiresAt: Date | null
  readonly context: AuditContext
}

export type AddListEntryOutcome =
  | { readonly kind: 'added'; readonly entry: ListEntry }
  /** It would block the operator who adds it. */
  | { readonly kind: 'own' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'full' }

/** Adds an entry to a list, or renews it. This process applies it at once, others within seconds. */
export async function addListEntry(deps: ChangeListsDeps, input: AddListEntryInput): Promise<AddListEntryOutcome> {
  const { actor, subject, verdict, note, expiresAt, context } = input
  if (actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  const now = deps.clock.now()
  if (expiresAt !== null && expiresAt <= now) return { kind: 'expired' }
  const id = listEntryId({ ...subject, verdict })
  const entry: ListEntry = { id, ...subject, verdict, note, createdAt: now, createdBy: actor.accountId, expiresAt }
  if (judgeLists([entry], originOf(deps, context), now).verdict === 'blocked') return { kind: 'own' }
  // A bound on memory, not a guarantee: parallel callers may exceed it by one each.
  const isFull = (await deps.listStore.count(now)) >= deps.maxListEntries
  if (isFull && !(await deps.listStore.has(id, now))) return { kind: 'full' }
  await deps.listStore.put(entry, deps.audit.prepare([listEvent('list.entry_added', entry, actor, context)]))
  await deps.lists.refresh()
  return { kind: 'added', entry }
}

export interface RemoveListEntryInput {
  readonly actor: Actor
  readonly id: string
  readonly context: AuditContext
}

/** Removes an entry from its list and returns it; null when there is none. Of two parallel callers, one gets it. */
export async function removeListEntry(deps: ChangeListsDeps, input: RemoveListEntryInput): Promise<ListEntry | null> {
  const { id, actor, context } = input
  const entry = await deps.listStore.remove(id, deps.clock.now(), (removed) =>
    deps.audit.prepare([listEvent('list.entry_removed', removed, actor, context)]),
  )
  if (entry !== null) await deps.lists.refresh()
  return entry
}

function originOf({ asn, risk }: ChangeListsDeps, { origin, deviceId }: AuditContext): ListedFrom {
  const found = asn.lookup(origin.address)
  return {
    address: origin.address,
    asn: found.kind === 'found' ? found.asn : null,
    country: countryOf(risk.geo, origin.address),
    deviceId,
  }
}

function listEvent(
  action: 'list.entry_added' | 'list.entry_removed',
  { id, kind, value, verdict, note, expiresAt }: ListEntry,
  actor: Actor,
  context: AuditContext,
): NewAuditEvent {
  const metadata = { kind, value, verdict, note, expiresAt }
  return {
    action,
    actor: auditActorOf(actor),
    targets: [{ id, type: 'LIST_ENTRY' }],
    outcome: 'SUCCESS',
    context,
    metadata,
  }
}
