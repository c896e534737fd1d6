import type { AssessedRisk } from '../../../src/risk/index.js'
import type { SignInEvent } from '../event.js'
import type { ReplayEngine } from '../replay/engine.js'
import type { Databases } from './databases.js'
import { judgeEvents } from './judge-events.js'

/**
 * Scores a stream of recorded sign-ins as a gateway would have. People have an authenticator app, and answer rightly when
 * they are asked; one who is blocked is taken to have cleared it, so that it is learned too.
 */
export function replayEngine(databases: Databases): ReplayEngine {
  const judge = judgeEvents(databases)
  let last: { readonly event: SignInEvent; readonly assessed: AssessedRisk } | null = null
  return {
    score: (event) => {
      const assessed = judge.judge(event)
      last = { event, assessed }
      return assessed
    },
    learn: (event) => judge.learn(event, last?.event === event ? last.assessed : judge.judge(event)),
    fail: (event) => judge.fail(event),
  }
}
