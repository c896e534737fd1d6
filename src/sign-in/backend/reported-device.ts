import { isIP } from 'node:net'
import { z } from 'zod'
import { plainAddress } from '../../networks/index.js'

const CONTROL = /\p{Cc}/u
const MAX_USER_AGENT = 512
const MAX_HINT = 200

const headerText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !CONTROL.test(text))

/** An address in the transport's spelling: lower case, with IPv4-mapped IPv6 written as IPv4. */
const addressText = z
  .string()
  .max(64)
  .transform((text, context) => {
    if (isIP(text) !== 0 && !text.includes('%')) return plainAddress(text)
    context.addIssue({ code: 'custom', message: 'not an address' })
    return z.NEVER
  })

/**
 * What a backend reports about the person's device: the same facts, at the same maximum lengths, as the person's own
 * request would show. Fingerprint names and values are validated where they are hashed.
 */
export const reportedDeviceInput = z.object({
  ip: addressText,
  userAgent: headerText(MAX_USER_AGENT),
  acceptLanguage: headerText(MAX_HINT).nullish(),
  clientHints: z
    .object({
      brands: headerText(MAX_HINT).nullish(),
      mobile: headerText(MAX_HINT).nullish(),
      platform: headerText(MAX_HINT).nullish(),
    })
    .nullish(),
  fingerprint: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .max(20)
    .nullish(),
  token: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,512}$/)
    .nullish(),
})

export type ReportedDeviceInput = z.infer<typeof reportedDeviceInput>

/** The origin the person's own request would have had. */
export function originOf({ ip, userAgent, acceptLanguage, clientHints }: ReportedDeviceInput) {
  const { brands, mobile, platform } = clientHints ?? {}
  return {
    address: ip,
    userAgent,
    language: acceptLanguage ?? '',
    clientHints: { brands: brands ?? '', mobile: mobile ?? '', platform: platform ?? '' },
  }
}
