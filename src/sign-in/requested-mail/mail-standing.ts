import { recognizeDevice, spokenFor } from '../../devices/index.js'
import type { MailCaller } from '../../kernel/requested-mail.js'
import type { MailStanding } from '../../limits/index.js'
import { isFamiliarNetwork } from '../../risk/index.js'
import type { Person } from '../../sessions/index.js'
import type { RequestedMailDeps } from './deps.js'

/**
 * What a caller can show of the mailbox's owner. A device token counts here even without its key: all it buys is mail
 * to its owner.
 */
export function standingOf(
  { secrets, rules, clock, risk }: RequestedMailDeps,
  person: Person | null,
  { context, accountId, deviceTokenFor }: MailCaller,
): MailStanding {
  if (person && accountId === person.account.id) return { kind: 'own', device: context.deviceId ?? 'session' }
  if (accountId !== null) return { kind: 'account', accountId }
  if (!person) return { kind: 'stranger' }
  const token = deviceTokenFor(person.account.id)
  const device = spokenFor(recognizeDevice({ secrets, settings: rules.devices }, person.devices, token, clock.now()))
  if (device) return { kind: 'own', device: device.id }
  const isFamiliar = isFamiliarNetwork(risk, person.riskProfile, context.origin.address)
  return isFamiliar ? { kind: 'familiar-network' } : { kind: 'stranger' }
}
