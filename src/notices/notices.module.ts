import type { Assurances } from '../kernel/assurance.js'
import type { SpendCall } from '../kernel/spend-call.js'
import { createNotices, type NoticesDeps } from './create-notices.js'
import type { SuspicionStore } from './ports.js'
import { ReportNotMeResolver } from './report-not-me.graphql.js'

export interface NoticesPorts extends NoticesDeps {
  readonly suspicions: SuspicionStore
  readonly assurances: Assurances
  /** Counts a link from the caller's address that is no good. */
  readonly wrongLink: SpendCall
}

/** Mails about what happened to an account, and the link in them that takes it back. */
export const noticesModule = (ports: NoticesPorts) => ({
  notices: createNotices(ports),
  resolvers: [new ReportNotMeResolver(ports)],
})
