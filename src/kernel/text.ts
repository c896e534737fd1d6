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

/* Shapes of text that inputs share. All are bounded, and none lets control characters through. */

// Control characters, halves of a surrogate pair, the two separators that end a line in logs and scripts, and marks that
// nobody sees or that turn what follows around; but the two joiners, which emoji and Persian are written with.
const CONTROL = /(?![\u200C\u200D])[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/u

/** A name somebody gives to a thing of theirs. */
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
