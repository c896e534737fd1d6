import { z } from 'zod'
import { secondsAfter } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { TakenBack } from '../kernel/notices.js'
import type { Secrets } from '../kernel/secrets.js'
import { accountIdText, deviceIdText, factorIdText, sessionIdText } from '../kernel/text.js'

/** The content of a “This wasn’t me” link. */
export interface NotMeClaim extends TakenBack {
  readonly accountId: AccountId
  readonly toldAt: Date
}

/** Its own sealing context, so that no other sealed value passes for a token. Readers of the link learn no ids. */
const CONTEXT = 'not-me'

const claimShape = z.tuple([
  accountIdText,
  sessionIdText.nullable(),
  deviceIdText.nullable(),
  factorIdText.nullable(),
  z.boolean(),
  z.int(),
  z.int(),
])

export function sealNotMe(secrets: Secrets, claim: NotMeClaim, lifetimeSeconds: number): string {
  const { accountId, signInId, deviceId, factorId, wasFirst = false, toldAt } = claim
  const expiresAt = secondsAfter(toldAt, lifetimeSeconds)
  const values = [accountId, signInId, deviceId, factorId, wasFirst, toldAt.getTime(), expiresAt.getTime()]
  return secrets.seal(JSON.stringify(values), CONTEXT)
}

/** Null when the token is forged, altered or expired. The caller cannot tell which. */
export function openNotMe(secrets: Secrets, token: string, now: Date): NotMeClaim | null {
  const opened = secrets.open(token, CONTEXT)
  const parsed = opened && claimShape.safeParse(JSON.parse(opened.plain))
  if (!parsed?.success) return null
  const [accountId, signInId, deviceId, factorId, wasFirst, toldAt, expiresAt] = parsed.data
  if (expiresAt <= now.getTime()) return null
  return { accountId, signInId, deviceId, factorId, wasFirst, toldAt: new Date(toldAt) }
}
