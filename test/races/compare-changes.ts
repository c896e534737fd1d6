import type { AuditAction, AuditEvent } from '../../src/audit/index.js'
import type { OrganizationId } from '../../src/kernel/ids.js'
import type { HoldsOutbox } from '../../src/store/outbox.js'
import type { PersonDocument } from '../../src/store/person-document.js'
import { RENAMED } from './journal.js'

export type NamedDocument = HoldsOutbox & { readonly name: string }

export interface Kept {
  readonly events: readonly AuditEvent[]
  readonly people: readonly PersonDocument[]
  readonly organizations: readonly NamedDocument[]
  readonly invitations: readonly HoldsOutbox[]
}

/** A kind of change: how many there are of something by its document, and by its events. */
interface Count {
  readonly of: string
  readonly what: string
  readonly changes: number
  readonly events: number
}

/** What happened by the documents, and by the events; `unequal`: where that differs. */
export function compare({ events, people, organizations, invitations }: Kept) {
  const about = eventsByTarget(events)
  const counts = [
    ...people.flatMap((document) => countsOf(document, about)),
    ...organizations.flatMap((document) => countsOfOrganization(document, people, about)),
    ...invitations.map(({ _id }) => count(_id, 'member.invited', 1, invited(events, _id))),
  ]
  return {
    changes: counts.reduce((sum, { changes }) => sum + changes, 0),
    unequal: counts.filter((each) => each.changes !== each.events),
    waiting: [...people, ...organizations, ...invitations].filter(({ outbox = [] }) => outbox.length > 0).length,
  }
}

type EventsAbout = (id: string, action: AuditAction) => readonly AuditEvent[]

/** By whom they are about: the one who acted, what was acted on, and the session. */
function eventsByTarget(events: readonly AuditEvent[]): EventsAbout {
  const found = new Map<string, AuditEvent[]>()
  for (const event of events) {
    const ids = [event.actor.id, event.context?.sessionId, ...event.targets.map(({ id }) => id)]
    for (const id of new Set(ids)) {
      const key = `${event.action} ${id}`
      found.set(key, [...(found.get(key) ?? []), event])
    }
  }
  return (id, action) => found.get(`${action} ${id}`) ?? []
}

function countsOf(document: PersonDocument, about: EventsAbout): readonly Count[] {
  const { _id, factors, sessions, passwordChangedAt, createdAt, languageIsChosen } = document
  const all = Object.values(factors)
  const codes = all.filter(({ type }) => type === 'RECOVERY_CODE')
  const spent = codes.reduce((sum, { material }) => sum + 10 - Object.keys(material['codes'] ?? {}).length, 0)
  const apps = all.filter(({ type }) => type === 'TOTP')
  const own = (what: AuditAction, changes: number) => count(_id, what, changes, about(_id, what).length)
  return [
    own('account.created', 1),
    own('account.updated', languageIsChosen === true ? 1 : 0),
    own('account.password_changed', passwordChangedAt > createdAt ? 1 : 0),
    own('recovery_code.used', spent),
    own('factor.activated', apps.length),
    own('factor.renamed', apps.filter(({ name }) => name === RENAMED).length),
    ...Object.keys(sessions).map((id) => {
      const began = about(id, 'session.created').length + about(id, 'challenge.passed').length
      return count(id, 'session.created', 1, Math.min(1, began))
    }),
  ]
}

/** An organization whose first membership was never stored does not exist for anybody, and has no event. */
function countsOfOrganization(
  { _id, name }: NamedDocument,
  people: readonly PersonDocument[],
  about: EventsAbout,
): readonly Count[] {
  const members = people.filter(({ memberships }) => memberships[_id as OrganizationId]).length
  return [
    count(_id, 'organization.created', members, about(_id, 'organization.created').length),
    count(_id, 'organization.renamed', name === RENAMED ? 1 : 0, about(_id, 'organization.renamed').length),
  ]
}

const invited = (events: readonly AuditEvent[], id: string): number =>
  events.filter(({ action, metadata }) => action === 'member.invited' && metadata['invitationId'] === id).length

const count = (of: string, what: string, changes: number, events: number): Count => ({ of, what, changes, events })
