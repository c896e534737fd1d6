import { secondsAfter } from '../../kernel/clock.js'
import { NO_ADVANCE } from '../../kernel/material-advance.js'
import type { Messages } from '../../kernel/messages.js'
import type { Secrets } from '../../kernel/secrets.js'
import {
  NOTHING_REVEALED,
  NOTHING_SHOWN,
  type Asked,
  type AskRequest,
  type FactorKind,
  type OutgoingMessage,
} from '../factor.js'
import { hashOneTimeCode, matchesOneTimeCode, newOneTimeCode } from '../one-time-code.js'
import { Undeliverable } from '../undeliverable.js'
import { admitMail, type AdmitMailDeps } from './admit-mail.js'
import { maskAddress, parseMailbox, readMailbox } from './mailbox.js'
import type { CodeMailer } from './ports.js'

export interface EmailFactorDeps extends AdmitMailDeps {
  readonly secrets: Secrets
  readonly messages: Messages
  readonly mailer: CodeMailer
}

export interface EmailFactorSettings {
  readonly challengeSeconds: number
}

/** Codes sent to a mailbox. They prove the mailbox and no more, see docs/factors/email.md (R044). */
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
    judge: async ({ challengeId, question, answer }) => {
      const { codeHash } = question
      const isRight =
        typeof codeHash === 'string' && matchesOneTimeCode(deps.secrets, challengeId, answer.code ?? '', codeHash)
      return isRight ? { kind: 'right', advance: NO_ADVANCE } : { kind: 'wrong' }
    },
    channelOf: ({ material }) => readMailbox(material)?.addressKey ?? null,
  }
}

async function askForCode(deps: EmailFactorDeps, settings: EmailFactorSettings, request: AskRequest): Promise<Asked> {
  const code = newOneTimeCode()
  return {
    kind: 'asked',
    question: { codeHash: hashOneTimeCode(deps.secrets, request.challengeId, code) },
    shown: NOTHING_SHOWN,
    message: codeMail(deps, settings, request, code),
  }
}

function codeMail(
  deps: EmailFactorDeps,
  { challengeSeconds }: EmailFactorSettings,
  { accountId, factor, language, context, now }: AskRequest,
  code: string,
): OutgoingMessage {
  const mailbox = readMailbox(factor.material)
  if (!mailbox) return UNREADABLE
  const minutes = Math.max(1, Math.floor(challengeSeconds / 60))
  return {
    admit: () => admitMail(deps, { accountId, addressKey: mailbox.addressKey, context }),
    send: () => {
      const rendered = deps.messages.render('email-code', language, { code, minutes })
      return deps.mailer.send({ ...rendered, to: mailbox.address, goodUntil: secondsAfter(now, challengeSeconds) })
    },
  }
}

/** Of a factor whose stored mailbox was altered: there is nowhere to send anything. */
const UNREADABLE: OutgoingMessage = {
  admit: async () => ({ kind: 'admitted' }),
  send: () => Promise.reject(new Undeliverable('mail')),
}
