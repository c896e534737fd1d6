import type { SpendCall } from '../kernel/spend-call.js'
import { SessionResolver, type SessionsDeps } from './session-resolver.graphql.js'

export interface SessionsPorts extends SessionsDeps {
  /** Counts a refresh token from one address that is no good. */
  readonly wrongRefreshes: SpendCall
}

/** The sessions of the signed-in account: list, refresh, sign out, revoke. */
export const sessionsModule = (ports: SessionsPorts) => ({
  resolvers: [new SessionResolver(ports, ports.wrongRefreshes)],
})
