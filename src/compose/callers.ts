import { rememberRecordedUses } from '../sessions/index.js'
import { identifyCallers } from '../sign-in/index.js'
import type { Adapters } from './adapters.js'
import type { Services } from './services.js'

/** Identifies the sender of a request. */
export const composeCallers = (
  { clock, secrets, serviceKeyDirectory, repositories: { sessions, serviceKeys } }: Adapters,
  { audit, limits, budgets, tokens, rules }: Services,
) =>
  identifyCallers({
    ...{ sessions, serviceKeys, serviceKeyDirectory, audit, limits, budgets, secrets, clock },
    people: sessions,
    recordedUses: rememberRecordedUses(),
    accessTokens: tokens.accessTokens,
    lifetimes: rules.sessions.lifetimes,
    secretTimes: rules.sessions.secretTimes,
  })
