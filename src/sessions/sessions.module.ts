import type { SpendCall } from '../kernel/spend-call.js'
import { SessionResolver, type SessionsDeps } from './session-resolver.graphql.js'

export interface SessionsPorts extends SessionsDeps {
  /** Counts an invalid refresh token against the client's address. */
  readonly wrongRefreshes: SpendCall
}

/** The sessions of the signed-in account: list, refresh, sign out, revoke. */
export const sessionsModule = (ports: SessionsPorts) => ({
  resolvers: [new SessionResolver(ports, ports.wrongRefreshes)],
})
