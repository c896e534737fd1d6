import { z } from 'zod'
import { isBase64url } from '../../kernel/base64url.js'

/** The longest answer that is read, as JSON text. */
const MAX_LENGTH = 65_536

/** Canonical base64url only: a signed or compared value must have exactly one spelling (R142). */
const base64url = z.string().min(1).refine(isBase64url)

/** 1023 bytes, the longest credential id allowed (WebAuthn 7.1). */
const MAX_ID_BYTES = 1023
const credentialId = base64url.refine((id) => Buffer.from(id, 'base64url').length <= MAX_ID_BYTES)

// Unknown members are dropped: specification and browsers may add some.
// Clients without `toJSON` write the id as one of two members; if there are both, they have to agree.
const credential = z.object({
  id: credentialId,
  rawId: credentialId.nullish(),
  type: z.literal('public-key'),
})

const MAX_TRANSPORTS = 16
/** Only a hint for the browser later, so a wrong one is dropped. Old browsers have none. */
const transports = z
  .array(z.unknown())
  .transform((given) => given.slice(0, MAX_TRANSPORTS).filter((each): each is string => typeof each === 'string'))
  .nullish()
  .catch(null)

const registration = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports,
  }),
})

const assertion = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    // Security keys that store nothing name no account; some clients write that as empty text.
    userHandle: z.union([z.literal('').transform(() => null), base64url]).nullish(),
  }),
})

export type RegistrationJson = z.infer<typeof registration>
export type AssertionJson = z.infer<typeof assertion>

/** The result of `navigator.credentials.create`, or null when the shape is wrong. */
export const readRegistration = (text: string | null): RegistrationJson | null => read(registration, text)

/** The same for `navigator.credentials.get`. */
export const readAssertion = (text: string | null): AssertionJson | null => read(assertion, text)

function read<T extends { id: string; rawId?: string | null | undefined }>(
  schema: z.ZodType<T>,
  text: string | null,
): T | null {
  if (text === null || text.length > MAX_LENGTH) return null
  const parsed = schema.safeParse(parseJson(text))
  return parsed.success && (parsed.data.rawId ?? parsed.data.id) === parsed.data.id ? parsed.data : null
}

/** Undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
