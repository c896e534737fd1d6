import { NO_ADVANCE, type MaterialAdvance } from '../../kernel/material-advance.js'
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
import { hashOneTimeCode, isOneTimeCode, matchesOneTimeCode, newOneTimeCode } from '../one-time-code.js'
import type { TextSender } from '../ports.js'
import { Undeliverable } from '../undeliverable.js'
import { maskedNumber, phoneNumberReader } from './phone-number.js'
import { spendSmsBudgets, type SmsBudgetsDeps } from './sms-budgets.js'
import { openNumber, sealNumber } from './sms-material.js'

export interface SmsFactorDeps extends SmsBudgetsDeps {
  readonly secrets: Secrets
  readonly messages: Messages
  readonly texts: TextSender
}

export interface SmsSettings {
  readonly challengeSeconds: number
  /** The country of numbers written without a country code; null: such numbers are refused. */
  readonly defaultRegion: string | null
  /** The host of the page that takes codes, for browsers that fill them in. */
  readonly host: string
}

const BAD_NUMBER = {
  kind: 'bad-input',
  field: 'phoneNumber',
  says: 'enrollment.phone-number',
} as const

/** Codes sent to a phone number as text messages: a restricted authenticator (NIST SP 800-63B 3.2.9). */
export function smsFactor(deps: SmsFactorDeps, settings: SmsSettings): FactorKind {
  const { secrets } = deps
  const read = phoneNumberReader(settings.defaultRegion)
  return {
    type: 'SMS',
    defaultName: 'Text message',
    challengeSeconds: settings.challengeSeconds,
    begin: async ({ accountId, factorId, phoneNumber }) => {
      const number = phoneNumber === null ? null : read(phoneNumber)
      if (!number) return BAD_NUMBER
      const material = { ...sealNumber(secrets, { accountId, factorId }, number.e164) }
      return { kind: 'begun', material, reveal: NOTHING_REVEALED, hint: maskedNumber(number) }
    },
    ask: async (request) => askByText(deps, settings, request),
    canBeAnswer: ({ answer }) => isOneTimeCode(answer.code ?? ''),
    judge: async ({ accountId, factor, challengeId, question, answer }) => {
      const owner = { accountId, factorId: factor.id }
      const opened = openNumber(secrets, owner, factor.material)
      if (!opened) return { kind: 'unreadable' }
      const { codeHash } = question
      if (typeof codeHash !== 'string') return { kind: 'wrong' }
      if (!matchesOneTimeCode(secrets, challengeId, answer.code ?? '', codeHash)) return { kind: 'wrong' }
      const resealed = (): MaterialAdvance => ({ ...NO_ADVANCE, set: { ...sealNumber(secrets, owner, opened.e164) } })
      return { kind: 'right', advance: opened.stale ? resealed() : NO_ADVANCE }
    },
    // After a key rotation a number is recognised again once its factor has been used, because that renews its hash.
    channelOf: ({ material: { numberHash } }) => (typeof numberHash === 'string' ? numberHash : null),
  }
}

/** The number only ever comes from the factor's sealed material: no request can send a code elsewhere. */
function askByText(deps: SmsFactorDeps, settings: SmsSettings, request: AskRequest): Asked {
  const { accountId, factor, challengeId } = request
  const code = newOneTimeCode()
  const question = { codeHash: hashOneTimeCode(deps.secrets, challengeId, code) }
  const number = openNumber(deps.secrets, { accountId, factorId: factor.id }, factor.material)
  if (!number) return { kind: 'asked', question, shown: NOTHING_SHOWN, message: UNADDRESSED }
  const message: OutgoingMessage = {
    admit: () => spendSmsBudgets(deps, { ...request, e164: number.e164 }),
    send: () => deps.texts.send({ to: number.e164, text: textOf(deps.messages, settings, request, code) }),
  }
  return { kind: 'asked', question, shown: NOTHING_SHOWN, message }
}

/** The stored number was altered or its key is gone, so there is no recipient. */
const UNADDRESSED: OutgoingMessage = {
  admit: async () => ({ kind: 'admitted' }),
  send: () => Promise.reject(new Undeliverable('sms')),
}

/** The last line lets browsers offer the code on our own page only (WebOTP, origin-bound one-time codes). */
function textOf(messages: Messages, settings: SmsSettings, { language }: AskRequest, code: string): string {
  const minutes = Math.max(1, Math.floor(settings.challengeSeconds / 60))
  const { text } = messages.render('sms-code', language, { code, minutes })
  return `${text.trim()}\n\n@${settings.host} #${code}`
}
