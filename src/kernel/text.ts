import { z } from 'zod'
import { parseId } from './ids.js'
import type {
  AccountId,
  AnyId,
  ChallengeId,
  DeviceId,
  FactorId,
  InvitationId,
  OrganizationId,
  ServiceKeyId,
  SessionId,
} from './ids.js'

/* Kinds of text that inputs share. All have a maximum length and reject control characters. */

// Control characters, lone surrogates, the two Unicode line separators, and invisible or direction-changing marks. The
// two joiners are allowed, because emoji and Persian need them, and so are the marks that Arabic and Hebrew are typed with.
const CONTROL = /(?![\u200C-\u200F\u061C])[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/u
/** Flags of regions, such as Scotland's: a black flag and the region in invisible tags (UTS 51, annex C). */
const REGIONAL_FLAG = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/gu
const VISIBLE = /[^\s\p{Cf}]/u
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g
const MAX_LINES = 10

const isPlain = (text: string): boolean => VISIBLE.test(text) && !CONTROL.test(text.replace(REGIONAL_FLAG, ''))

/** A name that a person gives to something they own, such as a device. */
export const nameText = z.string().trim().min(1).max(64).refine(isPlain)

/** A longer line of free text. */
export const lineText = z.string().trim().min(1).max(200).refine(isPlain)

/** Up to ten lines of free text, such as a postal address. Line breaks of every kind become `\n`, and tabs spaces. */
export const linesText = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .transform((text) => text.replace(LINE_BREAK, '\n').replaceAll('\t', ' '))
  .refine((text) => isPlain(text.replaceAll('\n', ' ')) && text.split('\n').length <= MAX_LINES)

/**
 * A password as typed: no rule, except that it is well-formed Unicode. Half surrogates all become one character when they
 * are hashed, so different passwords would be the same.
 */
export const passwordText = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !/\p{Cs}/u.test(text))

export const tokenText = z.string().min(1).max(512)

function idText<T extends AnyId>() {
  return z.string().transform((text, context): T => {
    const id = parseId<T>(text)
    if (id) return id
    context.addIssue({ code: 'custom', message: 'not an id' })
    return z.NEVER
  })
}

export const accountIdText = idText<AccountId>()
export const sessionIdText = idText<SessionId>()
export const factorIdText = idText<FactorId>()
export const challengeIdText = idText<ChallengeId>()
export const deviceIdText = idText<DeviceId>()
export const organizationIdText = idText<OrganizationId>()
export const invitationIdText = idText<InvitationId>()
export const serviceKeyIdText = idText<ServiceKeyId>()
