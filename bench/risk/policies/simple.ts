import type { Policy } from './policy.js'
import { rememberedValues } from './remembered-values.js'

/** SIMPLE: counts what was never seen on the account, address and user agent, and asks when anything is new. */
export function simple(): Policy {
  const addresses = rememberedValues(Infinity)
  const agents = rememberedValues(Infinity)
  return {
    name: 'SIMPLE',
    judge: ({ userId, address, userAgent, at }) => {
      const score = Number(!addresses.has(userId, address, at)) + Number(!agents.has(userId, userAgent, at))
      return { score, prompts: score > 0 }
    },
    learn: ({ userId, address, userAgent, at }) => {
      addresses.remember(userId, address, at)
      agents.remember(userId, userAgent, at)
    },
    fail: () => undefined,
    profileBytes: () => null,
  }
}
