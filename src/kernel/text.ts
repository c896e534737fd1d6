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
// two joiners are allowed, because emoji and Persian need them.
const CONTROL = /(?![\u200C\u200D])[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/u

/** A name that a person gives to something they own, such as a device. */
export const nameText = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((text) => !CONTROL.test(text))

/** A longer line of free text. */
export const lineText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !CONTROL.test(text))

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
