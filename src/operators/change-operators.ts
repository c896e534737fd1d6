import type { Account } from '../accounts/index.js'
import type { AuditLog, LostTrust } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { parseEmailAddress } from '../kernel/email-address.js'
import { parseId, type AccountId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { Secrets } from '../kernel/secrets.js'
import { addressMark } from './listed-addresses.js'
import { COMMAND_LINE, grantedEvents, revokedEvent } from './operator-events.js'
import type { KnownServiceKeys, OperatorStore } from './ports.js'
import { roleNotice } from './role-notice.js'

export interface ChangeOperatorsDeps {
  readonly operators: OperatorStore
  readonly audit: AuditLog
  readonly secrets: Pick<Secrets, 'digest'>
  readonly clock: Clock
  readonly notices: Notices
  readonly serviceKeys: KnownServiceKeys
}

export type GrantRoleOutcome =
  | { readonly kind: 'granted'; readonly account: Account; readonly endedSessions: number }
  | { readonly kind: 'held'; readonly account: Account }
  | { readonly kind: 'not-eligible'; readonly account: Account }
  | { readonly kind: 'unknown' }

/** Makes an account, named by its id or its address, an operator. Granting again changes nothing. */
export async function grantRole(deps: ChangeOperatorsDeps, who: string): Promise<GrantRoleOutcome> {
  const account = await findNamed(deps, who)
  if (!account) return { kind: 'unknown' }
  const at = deps.clock.now()
  const grant = { grantedAt: at, grantedBy: 'COMMAND_LINE', revokedAt: null } as const
  const by = { accountId: account.id, actor: COMMAND_LINE, reason: 'command-line', context: null } as const
  const eventsOf = (lost: LostTrust) => deps.audit.prepare(grantedEvents(by, lost))
  const outcome = await deps.operators.grant(account.id, grant, { onlyOnce: false, demandsFactor: true }, eventsOf)
  if (outcome.kind === 'not-eligible') return { kind: outcome.kind, account }
  // Bound whether or not the setting lists the address, so that it cannot give the role to another account later.
  await deps.operators.bindAddress(addressMark(deps.secrets, account.emailKey), account.id, at)
  if (outcome.kind === 'held') return { kind: outcome.kind, account }
  await deps.notices.tell(roleNotice('role-granted', outcome.to, { by: 'stepgate admin grant', requestId: null }))
  return { kind: 'granted', account, endedSessions: outcome.lost.endedSessions.length }
}

export type RevokeRoleOutcome =
  /**
   * `keys`: service keys whose secret the account has seen. They keep working until they are rotated or revoked,
   * because backends need them.
   */
  | {
      readonly kind: 'revoked'
      readonly account: Account
      readonly keys: Awaited<ReturnType<KnownServiceKeys['knownTo']>>
    }
  | { readonly kind: 'not-held'; readonly account: Account }
  /** No operator would be left to use the admin API. */
  | { readonly kind: 'last'; readonly account: Account }
  | { readonly kind: 'unknown' }

/** Revokes the role from the next request on, in every process. The last operator stays unless forced. */
export async function revokeRole(
  deps: ChangeOperatorsDeps,
  { who, force }: { readonly who: string; readonly force: boolean },
): Promise<RevokeRoleOutcome> {
  const account = await findNamed(deps, who)
  if (!account) return { kind: 'unknown' }
  if (account.roles.ADMIN?.revokedAt !== null) return { kind: 'not-held', account }
  if (!force && !(await hasOthers(deps, account.id))) {
    await deps.audit.record([revokedEvent(account.id, 'DENIED', false)])
    return { kind: 'last', account }
  }
  const at = deps.clock.now()
  const eventOf = (outcome: 'SUCCESS' | 'DENIED') => deps.audit.prepare([revokedEvent(account.id, outcome, force)])
  const revoked = await deps.operators.revoke(account.id, at, eventOf('SUCCESS'))
  if (!revoked) return { kind: 'not-held', account }
  // When several commands revoke the last operators at once, each one sees here what the others did.
  const isLeftAlone = !force && !(await hasOthers(deps, account.id))
  // The log then tells of both: the role was gone for a moment.
  if (isLeftAlone && (await deps.operators.restore(account.id, at, eventOf('DENIED')))) return { kind: 'last', account }
  await deps.notices.tell(roleNotice('role-revoked', revoked, { by: 'stepgate admin revoke', requestId: null }))
  return { kind: 'revoked', account, keys: await deps.serviceKeys.knownTo(account.id, at) }
}

/** Only accounts that can sign in count. */
async function hasOthers({ operators }: ChangeOperatorsDeps, accountId: AccountId): Promise<boolean> {
  return (await operators.list()).some(({ id, status }) => id !== accountId && status === 'ACTIVE')
}

/**
 * The one account with this id or address. The address of a linked account finds nothing, because another login decides
 * it.
 */
async function findNamed({ operators }: ChangeOperatorsDeps, who: string): Promise<Account | null> {
  const email = parseEmailAddress(who)
  if (email) return operators.findByAddress(email.key)
  const id = parseId<AccountId>(who)
  return id && operators.find(id)
}
