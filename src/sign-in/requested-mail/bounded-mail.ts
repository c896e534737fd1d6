import { parseEmailAddress } from '../../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR } from '../../audit/index.js'
import type { MailCaller, MailKind, MailRequest, RequestedMail } from '../../kernel/requested-mail.js'
import {
  addressKey,
  giveBack,
  limitReached,
  mailboxOf,
  mailSpendings,
  spend,
  spendAll,
  type BudgetName,
} from '../../limits/index.js'
import type { Person } from '../../sessions/index.js'
import type { RequestedMailDeps } from './deps.js'
import { standingOf } from './mail-standing.js'

/** Mail that a caller can request. Mail beyond the mailbox's budgets is dropped, and the caller is not told (R127). */
export function boundedMail(deps: RequestedMailDeps): RequestedMail {
  const { limits, budgets, mailer, sessions } = deps
  return {
    send: async (message, request) => {
      const mailbox = parseEmailAddress(message.to)?.key ?? message.to
      // Looked up for every mail, so that known and unknown addresses cost the same.
      const person = await sessions.findPersonByEmail(mailbox)
      const { kind, caller } = request
      const { address } = caller.context.origin
      const standing = standingOf(deps, person, caller)
      if (standing.kind === 'own') await moveToDevice(deps, caller, { kind, device: standing.device })
      const outcome = await spendAll(limits, mailSpendings(budgets, { mailbox, kind, address, standing }))
      if (outcome.kind === 'allowed') {
        await mailer.send(message)
        return true
      }
      if (outcome.firstRefusals.length > 0) {
        await recordHeldBack(deps, { mailbox, person, request, used: outcome.firstRefusals })
      }
      return false
    },
  }
}

/** A link requested on a known device is counted there: the colleagues behind its address get the call back. */
async function moveToDevice(
  { limits, budgets: { messagePerAddress: budget } }: RequestedMailDeps,
  { context, accountId }: MailCaller,
  { kind, device }: { readonly kind: MailKind; readonly device: string },
): Promise<void> {
  if (accountId !== null || (kind !== 'sign-in-link' && kind !== 'password-reset')) return
  const own = await spend(limits, budget, `device ${device}`)
  if (own.kind === 'allowed') await giveBack(limits, [{ budget, key: addressKey(context.origin.address) }])
}

interface HeldBack {
  readonly mailbox: string
  readonly person: Person | null
  readonly request: MailRequest
  /** The budgets this mail exhausted: each is recorded once per window. */
  readonly used: readonly BudgetName[]
}

async function recordHeldBack(
  { limits, budgets, audit, sessions }: RequestedMailDeps,
  { mailbox: address, person, request, used }: HeldBack,
): Promise<void> {
  const { kind, caller } = request
  const actor = caller.accountId === null ? ANONYMOUS_ACTOR : accountActor(caller.accountId)
  const mailbox = mailboxOf(address)
  // A made-up tag leads to no account, but its mail still counts against the mailbox and holds the owner's mail back.
  const held = person ?? (mailbox === address ? null : await sessions.findPersonByEmail(mailbox))
  const owner = held ? [{ id: held.account.id, type: 'ACCOUNT' } as const] : []
  await spend(limits, budgets.mailHeldBackPerDestination, mailbox)
  await audit.record(
    used.map((name) => {
      const event = limitReached(name, caller.context, actor)
      return { ...event, targets: [...event.targets, ...owner], metadata: { mail: kind } }
    }),
  )
}
