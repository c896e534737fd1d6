import { integer, rate } from './parsers.js'
import type { SettingSections } from './setting.js'

/** How the audit log is written and checked. */
export const AUDIT_SETTINGS = {
  audit: {
    checkpointSeconds: {
      env: 'STEPGATE_AUDIT_CHECKPOINT',
      parser: integer(1, 3_600),
      default: '10',
      unit: 'seconds',
      meaning:
        'How often new events of the audit log are covered by a signed checkpoint. Without new events none is written.',
    },
    checkpointEvents: {
      env: 'STEPGATE_AUDIT_CHECKPOINT_EVENTS',
      parser: integer(100, 100_000),
      default: '10000',
      unit: 'events',
      meaning: 'The most events that one checkpoint covers. A proof of one of them reads them all.',
    },
    sealSeconds: {
      env: 'STEPGATE_AUDIT_SEAL',
      parser: integer(60, 604_800),
      default: '3600',
      unit: 'seconds',
      meaning: 'A stream of the audit log that has not grown for so long counts as ended: its process is gone.',
    },
    verifySeconds: {
      env: 'STEPGATE_AUDIT_VERIFY_TIME',
      parser: integer(1, 60),
      default: '5',
      unit: 'seconds',
      meaning:
        'How long one call of `verifyAuditChain` checks the log before it answers how far it has come. Set it shorter than ' +
        'clients and proxies wait for an answer.',
    },
    refusals: {
      env: 'STEPGATE_REFUSAL_EVENTS',
      parser: rate,
      default: '10/60',
      unit: 'count/seconds',
      meaning:
        'Different refused operations of one caller that are written to the audit log one by one. Equal ones, and more ' +
        'than this, are counted in one event.',
    },
  },
  outbox: {
    lingerMilliseconds: {
      env: 'STEPGATE_AUDIT_LINGER',
      parser: integer(0, 60_000),
      default: '100',
      unit: 'milliseconds',
      meaning:
        'How long the events of a change wait for those of other requests, so that they are written to the audit log ' +
        'together. They are stored with the change already, and no answer waits for this.',
    },
    sweptAfterSeconds: {
      env: 'STEPGATE_AUDIT_SWEEP',
      parser: integer(5, 3_600),
      default: '10',
      unit: 'seconds',
      meaning:
        'How often a process looks for events that were stored with a change longer ago than this and are not in the ' +
        'audit log, because the process that made the change was killed.',
    },
    capacity: {
      env: 'STEPGATE_AUDIT_OUTBOX',
      parser: integer(10, 1_000),
      default: '100',
      unit: 'changes',
      meaning:
        'Changes of one account whose events may wait for the audit log. While it cannot be written, further changes ' +
        'of this account are refused as `UNAVAILABLE`.',
    },
  },
} as const satisfies SettingSections
