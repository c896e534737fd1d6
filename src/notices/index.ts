export type { NoticesDeps } from './create-notices.js'
export type { SuspicionStore, TakeBack, TakenBackTrust } from './ports.js'
export type { ReportNotMeDeps } from './report-not-me.js'
