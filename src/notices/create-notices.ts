import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { namesOfAgent } from '../kernel/describe-agent.js'
import type { Logger } from '../kernel/logger.js'
import type { Mailer } from '../kernel/mailer.js'
import type { Messages, MessageValues } from '../kernel/messages.js'
import type { Notice, Notices } from '../kernel/notices.js'
import type { Secrets } from '../kernel/secrets.js'
import { admitNotice, type NoticeBudgets } from './admit-notice.js'
import { sealNotMe } from './not-me-token.js'

export interface NoticesDeps extends NoticeBudgets {
  readonly messages: Messages
  readonly mailer: Mailer
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly logger: Logger
  /** The country of an address, as ISO 3166-1 alpha-2; null when unknown. */
  readonly countryOf: (address: string) => string | null
  /** The page that the link leads to. The token is in its fragment. */
  readonly notMeUrl: string
  readonly notMeSeconds: number
}

/** Sends one mail for each event to each address. Never throws: failures are logged and recorded in the audit log. */
export function createNotices(deps: NoticesDeps): Notices {
  return {
    tell: async (notice) => {
      try {
        if (await admitNotice(deps, notice)) await send(deps, notice)
      } catch (error) {
        deps.logger.error({ requestId: notice.context.requestId, notice: notice.name, err: error }, 'a notice failed')
      }
    },
  }
}

async function send(deps: NoticesDeps, notice: Notice): Promise<void> {
  const { subject, text, html } = deps.messages.render(notice.name, notice.to.language, valuesOf(deps, notice))
  const whenLost = () => recordUndelivered(deps, notice, 1)
  const sent = await Promise.allSettled(
    distinct(notice.to.addresses).map((to) => deps.mailer.send({ to, subject, text, html, whenLost })),
  )
  const failed = sent.filter(({ status }) => status === 'rejected').length
  if (failed > 0) await recordUndelivered(deps, notice, failed)
}

function valuesOf(deps: NoticesDeps, { to, context, details, takesBack }: Notice): MessageValues {
  const { origin } = context
  const now = deps.clock.now()
  const nothing = { signInId: null, deviceId: null, factorId: null }
  const claim = { ...(takesBack ?? nothing), accountId: to.accountId, toldAt: now }
  return {
    ...details,
    time: now,
    device: namesOfAgent(origin),
    place: { country: deps.countryOf(origin.address) },
    address: origin.address,
    link: `${deps.notMeUrl}#token=${sealNotMe(deps.secrets, claim, deps.notMeSeconds)}`,
  }
}

/** The account's own address may also belong to an e-mail factor. Each mailbox gets one mail. */
function distinct(addresses: readonly string[]): readonly string[] {
  return [...new Map([...addresses].reverse().map((address) => [address.toLowerCase(), address])).values()].reverse()
}

/** The record contains no address: a failing mail server is no reason to copy it into logs. */
async function recordUndelivered(deps: NoticesDeps, { name, to, context }: Notice, failed: number): Promise<void> {
  deps.logger.error({ requestId: context.requestId, notice: name, failed }, 'a notice could not be handed over')
  await deps.audit.record([
    {
      action: 'message.undelivered',
      actor: accountActor(to.accountId),
      targets: [{ id: to.accountId, type: 'ACCOUNT' }],
      outcome: 'FAILURE',
      context,
      metadata: { notice: name, failed },
    },
  ])
}
