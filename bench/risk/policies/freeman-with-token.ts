import type { SignInEvent } from '../event.js'
import { days } from './days.js'
import { freeman } from './freeman.js'
import type { Judgement, Policy } from './policy.js'
import { rememberedValues } from './remembered-values.js'

const KEPT_DAYS = 180
const BYTES_PER_COOKIE = 40
/** How many attackers come with the token of the person; the share of device malware and stolen cookies. */
const ATTACKERS_WITH_TOKEN = 0.02
const THRESHOLD = 0

interface TokenHabit {
  withToken: number
  signIns: number
}

/** Freeman with one more feature: whether the request holds a cookie this person signed in with before. */
export function freemanWithToken(): Policy {
  const base = freeman()
  const cookies = rememberedValues(days(KEPT_DAYS))
  const habits = new Map<string, TokenHabit>()

  const hasToken = ({ userId, cookie, at }: SignInEvent): boolean => cookie !== null && cookies.has(userId, cookie, at)

  const judge = (event: SignInEvent): Judgement => {
    const score = base.judge(event).score + tokenRatio(hasToken(event), habits.get(event.userId))
    return { score, prompts: score > THRESHOLD || !habits.has(event.userId) }
  }

  return {
    name: 'Freeman with token',
    judge,
    learn: (event, judgement) => {
      const habit = habits.get(event.userId) ?? { withToken: 0, signIns: 0 }
      habit.withToken += Number(hasToken(event))
      habit.signIns += 1
      habits.set(event.userId, habit)
      if (event.cookie !== null) cookies.remember(event.userId, event.cookie, event.at)
      base.learn(event, judgement)
    },
    fail: () => undefined,
    profileBytes: (userId) => (base.profileBytes(userId) ?? 0) + BYTES_PER_COOKIE * cookies.count(userId),
  }
}

/** ln p(token | attack) − ln p(token | u), the latter with a Beta(2, 1) prior. */
function tokenRatio(hasToken: boolean, { withToken, signIns }: TokenHabit = { withToken: 0, signIns: 0 }): number {
  const usual = (withToken + 2) / (signIns + 3)
  return hasToken ? Math.log(ATTACKERS_WITH_TOKEN / usual) : Math.log((1 - ATTACKERS_WITH_TOKEN) / (1 - usual))
}
