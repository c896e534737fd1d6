import { parseEmailAddress } from '../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR } from '../audit/index.js'
import type { Capabilities } from './capabilities.js'
import { deviceSettings } from './policy.js'
import { recognizeDevice, spokenFor } from '../devices/index.js'
import type { MailCaller, MailRequest, RequestedMail, SpendMailRequest } from '../kernel/requested-mail.js'
import { refuseUntil } from '../kernel/refusal.js'
import {
  addressKey,
  mailboxOf,
  mailSpendings,
  spend,
  spendAll,
  type BudgetName,
  type MailStanding,
} from '../limits/index.js'
import { isFamiliarNetwork } from '../risk/index.js'
import { limitReached } from './spend-limits.js'
import type { Person } from '../sessions/index.js'

/** Mail that a caller can ask for. What is too much for a mailbox is not sent, and the caller is not told (R127). */
export function boundedMail(capabilities: Capabilities): RequestedMail {
  const { limits, budgets, mailer, sessions } = capabilities
  return {
    send: async (message, request) => {
      const mailbox = parseEmailAddress(message.to)?.key ?? message.to
      // Looked up for every mail, so that known and unknown addresses cost the same.
      const person = await sessions.findPersonByEmail(mailbox)
      const { kind, caller } = request
      const { address } = caller.context.origin
      const standing = standingOf(capabilities, person, caller)
      const outcome = await spendAll(limits, mailSpendings(budgets, { mailbox, kind, address, standing }))
      if (outcome.kind === 'allowed') {
        await mailer.send(message)
        return true
      }
      if (outcome.firstRefusals.length > 0) {
        await recordHeldBack(capabilities, { mailbox, person, request, used: outcome.firstRefusals })
      }
      return false
    },
  }
}

/**
 * Spends one call that asks for mail. A signed-in caller pays for their account. Others share the budget of their
 * address; where that is used up, whoever is on a device known for the mailbox's account has as much again (R130).
 */
export function spendMailRequest(capabilities: Capabilities): SpendMailRequest {
  const { limits, budgets, audit, sessions } = capabilities
  const { messagePerAddress } = budgets
  return async (caller, email) => {
    const { context, accountId } = caller
    const key = accountId === null ? addressKey(context.origin.address) : `account ${accountId}`
    const outcome = await spend(limits, messagePerAddress, key)
    if (outcome.kind === 'allowed') return
    const mailbox = email === null ? null : parseEmailAddress(email)
    const person = mailbox && (await sessions.findPersonByEmail(mailbox.key))
    const standing = standingOf(capabilities, person, caller)
    if (accountId === null && standing.kind === 'own') {
      const own = await spend(limits, messagePerAddress, `device ${standing.device}`)
      if (own.kind === 'allowed') return
    }
    if (outcome.first) await audit.record([limitReached('messagePerAddress', context)])
    throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
  }
}

/** A device token is enough here, without its key: all it gives is mail to its owner. */
function standingOf(capabilities: Capabilities, person: Person | null, caller: MailCaller): MailStanding {
  const { secrets, config, clock, risk } = capabilities
  const { context, accountId, deviceTokenFor } = caller
  if (person && accountId === person.account.id) return { kind: 'own', device: context.deviceId ?? 'session' }
  if (accountId !== null) return { kind: 'account', accountId }
  if (!person) return { kind: 'stranger' }
  const settings = deviceSettings(config)
  const token = deviceTokenFor(person.account.id)
  const device = spokenFor(recognizeDevice({ secrets, settings }, person.devices, token, clock.now()))
  if (device) return { kind: 'own', device: device.id }
  const isFamiliar = isFamiliarNetwork(risk, person.riskProfile, context.origin.address)
  return isFamiliar ? { kind: 'familiar-network' } : { kind: 'stranger' }
}

interface HeldBack {
  readonly mailbox: string
  readonly person: Person | null
  readonly request: MailRequest
  /** The budgets that ran out with this mail: one event a window for each. */
  readonly used: readonly BudgetName[]
}

async function recordHeldBack(
  { limits, budgets, audit, sessions }: Capabilities,
  { mailbox: address, person, request, used }: HeldBack,
): Promise<void> {
  const { kind, caller } = request
  const actor = caller.accountId === null ? ANONYMOUS_ACTOR : accountActor(caller.accountId)
  const mailbox = mailboxOf(address)
  // A tag that somebody made up leads to no account, and holds the mail of its mailbox's back.
  const held = person ?? (mailbox === address ? null : await sessions.findPersonByEmail(mailbox))
  const owner = held ? [{ id: held.account.id, type: 'ACCOUNT' } as const] : []
  await spend(limits, budgets.mailHeldBackPerDestination, mailbox)
  await audit.record(
    used.map((name) => {
      const event = limitReached(name, caller.context)
      return { ...event, actor, targets: [...event.targets, ...owner], metadata: { mail: kind } }
    }),
  )
}
