import type { Assurances } from '../kernel/assurance.js'
import type { SpendCall } from '../kernel/spend-call.js'
import { createNotices, type NoticesDeps } from './create-notices.js'
import type { SuspicionStore } from './ports.js'
import { ReportNotMeResolver } from './report-not-me.graphql.js'

export interface NoticesPorts extends NoticesDeps {
  readonly suspicions: SuspicionStore
  readonly assurances: Assurances
  /** Counts an invalid link from the caller's address. */
  readonly wrongLink: SpendCall
}

/** Mails about security events of an account, with a link that revokes trust again. */
export const noticesModule = (ports: NoticesPorts) => ({
  notices: createNotices(ports),
  resolvers: [new ReportNotMeResolver(ports)],
})
