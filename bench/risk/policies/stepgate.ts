import type { SignInEvent } from '../event.js'
import type { Databases } from '../stepgate/databases.js'
import { INSTALLED, judgeEvents, type Variant } from '../stepgate/judge-events.js'
import type { AssessedRisk } from '../../../src/risk/index.js'
import type { Policy } from './policy.js'

/** Ours, as it is installed, or a variant of it. */
export const stepgate =
  (databases: Databases, name = 'Stepgate', variant: Variant = INSTALLED) =>
  (): Policy => {
    const judge = judgeEvents(databases, variant)
    let last: { readonly event: SignInEvent; readonly assessed: AssessedRisk } | null = null
    return {
      name,
      judge: (event) => {
        const assessed = judge.judge(event)
        last = { event, assessed }
        return { score: assessed.score, prompts: assessed.verdict !== 'ALLOW' }
      },
      learn: (event) => {
        // The runner judges and learns an event in one go, so the assessment need not be made twice.
        const assessed = last?.event === event ? last.assessed : judge.judge(event)
        judge.learn(event, assessed)
      },
      fail: (event) => judge.fail(event),
      profileBytes: (userId) => judge.profileBytes(userId),
    }
  }
