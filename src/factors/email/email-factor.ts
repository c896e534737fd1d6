import { secondsAfter } from '../../kernel/clock.js'
import type { AccountId, FactorId } from '../../kernel/ids.js'
import { NO_ADVANCE } from '../../kernel/material-advance.js'
import type { Mailer } from '../../kernel/mailer.js'
import type { Messages } from '../../kernel/messages.js'
import type { Secrets } from '../../kernel/secrets.js'
import { Unavailable } from '../../kernel/unavailable.js'
import {
  NOTHING_REVEALED,
  NOTHING_SHOWN,
  type Asked,
  type AskRequest,
  type FactorKind,
  type OutgoingMessage,
} from '../factor.js'
import { hashOneTimeCode, isOneTimeCode, matchesOneTimeCode, newOneTimeCode } from '../one-time-code.js'
import { Undeliverable } from '../undeliverable.js'

import { maskAddress, parseMailbox, readMailbox, type Mailbox } from './mailbox.js'
import { giveBackEmailBudgets, spendEmailBudgets, type EmailBudgetsDeps } from './email-budgets.js'

export interface EmailFactorDeps extends EmailBudgetsDeps {
  readonly secrets: Secrets
  readonly messages: Messages
  readonly mailer: Mailer
}

export interface EmailFactorSettings {
  readonly challengeSeconds: number
}

/** Codes sent to a mailbox. They only prove the mailbox, see docs/factors/email.md (R044). */
export function emailFactor(deps: EmailFactorDeps, settings: EmailFactorSettings): FactorKind {
  return {
    type: 'EMAIL',
    defaultName: 'E-mail',
    challengeSeconds: settings.challengeSeconds,
    begin: async ({ emailAddress, label }) => {
      const mailbox = parseMailbox(emailAddress ?? label)
      if (!mailbox) return { kind: 'bad-input', field: 'emailAddress' }
      return { kind: 'begun', material: mailbox, reveal: NOTHING_REVEALED, hint: maskAddress(mailbox.address) }
    },
    ask: (request) => askForCode(deps, settings, request),
    canBeAnswer: ({ answer }) => isOneTimeCode(answer.code ?? ''),
    judge: async ({ accountId, factor, challengeId, question, answer }) => {
      const mailbox = readMailbox(factor.material)
      if (!mailbox) return { kind: 'unreadable' }
      const { codeHash, sentTo } = question
      if (typeof codeHash !== 'string' || typeof sentTo !== 'string') return { kind: 'wrong' }
      // A code proves the mailbox it was sent to, even if the factor's address was changed since.
      const destination = destinationOf(accountId, factor.id, mailbox)
      if (!deps.secrets.matchesKeyedHash(DESTINATION, destination, sentTo)) return { kind: 'unreadable' }
      const isRight = matchesOneTimeCode(deps.secrets, challengeId, answer.code ?? '', codeHash)
      return isRight ? { kind: 'right', advance: NO_ADVANCE } : { kind: 'wrong' }
    },
    channelOf: ({ material }) => readMailbox(material)?.addressKey ?? null,
  }
}

const DESTINATION = 'email-code-destination'

const destinationOf = (accountId: AccountId, factorId: FactorId, { address, addressKey }: Mailbox): string =>
  [accountId, factorId, address, addressKey].join('\0')

async function askForCode(deps: EmailFactorDeps, settings: EmailFactorSettings, request: AskRequest): Promise<Asked> {
  const { secrets } = deps
  const { accountId, factor, challengeId } = request
  const mailbox = readMailbox(factor.material)
  if (!mailbox) return { kind: 'asked', question: {}, shown: NOTHING_SHOWN, message: UNREADABLE }
  const code = newOneTimeCode()
  const question = {
    codeHash: hashOneTimeCode(secrets, challengeId, code),
    sentTo: secrets.keyedHash(DESTINATION, destinationOf(accountId, factor.id, mailbox)),
  }
  return {
    kind: 'asked',
    question,
    shown: NOTHING_SHOWN,
    message: codeMail(deps, settings, request, { mailbox, code }),
  }
}

function codeMail(
  deps: EmailFactorDeps,
  { challengeSeconds }: EmailFactorSettings,
  request: AskRequest,
  { mailbox, code }: { readonly mailbox: Mailbox; readonly code: string },
): OutgoingMessage {
  const minutes = Math.max(1, Math.floor(challengeSeconds / 60))
  const { accountId, purpose, isKnownCaller, ownMailbox, language, context, now } = request
  const counted = { accountId, addressKey: mailbox.addressKey, purpose, isKnownCaller, ownMailbox }
  return {
    admit: () => spendEmailBudgets(deps, counted, context),
    send: async () => {
      const rendered = deps.messages.render('email-code', language, { code, minutes })
      const mail = { ...rendered, to: mailbox.address, goodUntil: secondsAfter(now, challengeSeconds) }
      try {
        await deps.mailer.send(mail)
      } catch (fault) {
        // A caller that retries while the server is down must not have to wait an hour once it is back.
        if (fault instanceof Unavailable) await giveBackEmailBudgets(deps, counted)
        throw fault
      }
    },
  }
}

/** The stored mailbox was altered, so there is no destination. */
const UNREADABLE: OutgoingMessage = {
  admit: async () => ({ kind: 'admitted' }),
  send: () => Promise.reject(new Undeliverable('mail')),
}
