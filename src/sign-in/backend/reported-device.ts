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

/** An address as the transport writes them: lower case, and IPv4 inside IPv6 as what it is. */
const addressText = z
  .string()
  .max(64)
  .transform((text, context) => {
    if (isIP(text) !== 0 && !text.includes('%')) return plainAddress(text)
    context.addIssue({ code: 'custom', message: 'not an address' })
    return z.NEVER
  })

/**
 * What a backend says about the person's device: as much as the person's own request would show here, and no longer. The
 * shape of fingerprint names and values is judged where they are hashed.
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
