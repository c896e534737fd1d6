import { findEvents, type AuditLog, type AuditStore, type NewAuditEvent } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Say } from '../kernel/sentences.js'
import { describeEvent } from './describe-event.js'
import { describePerson, type Waiting } from './describe-person.js'
import type { PersonOnRecord, WaitingStores } from './ports.js'

export interface ExportAccountDeps {
  readonly auditStore: Pick<AuditStore, 'find'>
  readonly waiting: WaitingStores
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
}

export interface ExportAccountInput {
  readonly person: PersonOnRecord
  /** Who requests it, and why: recorded before anything is disclosed. */
  readonly event: Omit<NewAuditEvent, 'targets' | 'outcome'>
  /** Where the previous page of events ended; null: the first page, with everything else. */
  readonly after: string | null
  readonly say: Say
}

export type ExportAccountOutcome =
  | { readonly kind: 'exported'; readonly data: object; readonly nextAfter: string | null }
  | { readonly kind: 'bad-cursor' }

const EVENTS_AT_ONCE = 100
const MOST_INVITATIONS = 1000

/** Everything stored about a person, and a page of their account's events, newest first. */
export async function exportAccount(deps: ExportAccountDeps, input: ExportAccountInput): Promise<ExportAccountOutcome> {
  const { person, after } = input
  const { id } = person.account
  // Events of other processes may still wait in the document.
  await deps.audit.settle(id)
  const found = await findEvents(deps.auditStore, { filter: { accountId: id }, first: EVENTS_AT_ONCE, after })
  if (found.kind !== 'found') return { kind: 'bad-cursor' }
  const { edges, pageInfo } = found.page
  const auditEvents = edges.map(({ node }) => describeEvent(node, id, input.say))
  const now = deps.clock.now()
  const rest = after === null ? describePerson(deps.secrets, person, await waitingFor(deps, person, now)) : {}
  const target = { id, type: 'ACCOUNT' } as const
  await deps.audit.record([
    { ...input.event, targets: [target], outcome: 'SUCCESS', reason: after === null ? null : 'further-events' },
  ])
  const nextAfter = pageInfo.hasNextPage ? pageInfo.endCursor : null
  return { kind: 'exported', data: { exportedAt: now, ...rest, auditEvents }, nextAfter }
}

/**
 * Other people's sign-ups with the same address are not this person's data: they contain what the other person typed.
 */
async function waitingFor({ waiting }: ExportAccountDeps, { account }: PersonOnRecord, now: Date): Promise<Waiting> {
  const { id: accountId, emailKey } = account
  const [confirmations, links, invitations] = await Promise.all([
    waiting.confirmations.waiting({ accountId, emailKey: null }, now),
    waiting.links.waiting({ accountId, emailKey }, now),
    waiting.invitations.to(emailKey, now, MOST_INVITATIONS),
  ])
  return { links: [...confirmations, ...links], invitations }
}
