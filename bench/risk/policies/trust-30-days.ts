import { days } from './days.js'
import type { Policy } from './policy.js'
import { rememberedValues } from './remembered-values.js'

/** "Do not ask on this device for 30 days": the days count from the prompt that proved the cookie. */
export function trust30Days(): Policy {
  const proved = rememberedValues(days(30))
  return {
    name: 'trust 30 d',
    judge: ({ userId, cookie, at }) => {
      const isTrusted = cookie !== null && proved.has(userId, cookie, at)
      return { score: isTrusted ? 0 : 1, prompts: !isTrusted }
    },
    learn: ({ userId, cookie, at }, { prompts }) => {
      if (cookie !== null && prompts) proved.remember(userId, cookie, at)
    },
    fail: () => undefined,
    profileBytes: () => null,
  }
}
