export { createNotices, type NoticesDeps } from './create-notices.js'
export type { NoticeMailer, SuspicionStore, TakeBack, TakenBackTrust } from './ports.js'
export { type ReportNotMeDeps } from './report-not-me.js'
