import { days } from './days.js'
import type { Policy } from './policy.js'
import { rememberedValues } from './remembered-values.js'

/** Trusts a proved cookie until it was not used for 90 days. */
export function trust90DaysRolling(): Policy {
  const used = rememberedValues(days(90))
  return {
    name: 'trust 90 d rolling',
    judge: ({ userId, cookie, at }) => {
      const isTrusted = cookie !== null && used.has(userId, cookie, at)
      return { score: isTrusted ? 0 : 1, prompts: !isTrusted }
    },
    learn: ({ userId, cookie, at }) => {
      // A sign-in without a prompt had a trusted cookie, so every learned sign-in either creates or renews it.
      if (cookie !== null) used.remember(userId, cookie, at)
    },
    fail: () => undefined,
    profileBytes: () => null,
  }
}
