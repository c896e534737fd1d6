import { z } from 'zod'
import { parseJson } from './credential-json.js'
import type { RelyingParty } from './relying-party.js'

/** What the browser reports about the ceremony; the authenticator signs its hash (WebAuthn 5.8.1). */
const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  // Some password managers write null for what is missing.
  crossOrigin: z.boolean().nullish(),
  topOrigin: z.string().nullish(),
})

export type ClientData = z.infer<typeof clientData>

/** Null when the shape is wrong. Unknown members are tolerated. */
export function readClientData(encoded: string): ClientData | null {
  const parsed = clientData.safeParse(parseJson(Buffer.from(encoded, 'base64url').toString('utf8')))
  return parsed.success ? parsed.data : null
}

export type Ceremony = 'create' | 'get'

/**
 * Whether it is for this ceremony, this challenge and one of our pages, all compared exactly (R090). From inside a
 * frame it is only accepted when the outer page is on the list (R091): a browser that does not name the outer page is
 * refused.
 */
export function isFromOurs(
  data: ClientData,
  ceremony: Ceremony,
  challenge: string,
  { origins, topOrigins }: RelyingParty,
): boolean {
  if (data.type !== `webauthn.${ceremony}`) return false
  if (data.challenge !== challenge) return false
  if (!origins.includes(data.origin)) return false
  const topOrigin = data.topOrigin ?? null
  if (data.crossOrigin === true) return topOrigin !== null && topOrigins.includes(topOrigin)
  return topOrigin === null
}
