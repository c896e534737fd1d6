import type { AssessedRisk } from '../../../src/risk/index.js'
import type { SignInEvent } from '../event.js'
import type { Databases } from '../stepgate/databases.js'
import { judgeEvents } from '../stepgate/judge-events.js'
import type { ReplayEngine } from './engine.js'

/** The gateway's own model, as it is installed. */
export function stepgateEngine(databases: Databases): ReplayEngine {
  const judge = judgeEvents(databases)
  let last: { readonly event: SignInEvent; readonly assessed: AssessedRisk } | null = null
  return {
    score: (event) => {
      const assessed = judge.judge(event)
      last = { event, assessed }
      return assessed
    },
    // A row is learned right after it was scored, so it need not be assessed twice.
    learn: (event) => judge.learn(event, last?.event === event ? last.assessed : judge.judge(event)),
    fail: (event) => judge.fail(event),
  }
}
