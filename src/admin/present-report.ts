import type { AuditChainReportObject } from '../audit/audit-connection.graphql.js'
import type { NotedCheckpoint, VerifyLogOutcome } from '../audit/index.js'

const NOTHING = { erased: 0, uncovered: 0, checkpointNumber: null, checkpointHash: null, endCursor: null } as const

/** What a check of the log, or a part of one, has found. */
export function presentReport(outcome: VerifyLogOutcome): AuditChainReportObject {
  const { checked } = outcome
  switch (outcome.kind) {
    case 'broken':
      return {
        ...NOTHING,
        finished: true,
        intact: false,
        checked,
        verified: null,
        total: null,
        firstBreak: outcome.break,
      }
    case 'unfinished': {
      const { erased, verified, total, upTo } = outcome
      const endCursor = upTo && cursorOf(upTo)
      return {
        ...NOTHING,
        finished: false,
        intact: null,
        checked,
        erased,
        verified,
        total,
        firstBreak: null,
        endCursor,
      }
    }
    case 'intact': {
      const { erased, uncovered, verified, checkpoint } = outcome
      const last = { checkpointNumber: checkpoint?.number ?? null, checkpointHash: checkpoint?.hash ?? null }
      const found = { checked, erased, uncovered, verified, total: verified, firstBreak: null, endCursor: null }
      return { finished: true, intact: true, ...found, ...last }
    }
  }
}

const cursorOf = ({ number, hash }: NotedCheckpoint): string => `${number}:${hash}`
