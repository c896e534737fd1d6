import type { Fault } from '../fault.js'

const CHAIN = ['test/audit/verify-chain.test.ts'] as const
const LOG = ['test/audit/audit-log.test.ts'] as const

export const AUDIT_FAULTS: readonly Fault[] = [
  {
    name: 'an event that was edited is called whole',
    file: 'src/audit/verify-chain.ts',
    find: '  if (hashOf(event) !== event.hash) return breakOfContent(event)\n',
    replace: '',
    suites: CHAIN,
  },
  {
    name: 'an event that is missing is not missed',
    file: 'src/audit/verify-chain.ts',
    find: '  if (sequence > expected) {\n',
    replace: '  if (sequence > expected + 1) {\n',
    suites: CHAIN,
  },
  {
    name: 'an event that was put in later is called whole',
    file: 'src/audit/verify-chain.ts',
    find: '  if (event.previousHash === head.hash) return null\n',
    replace: '  if (event.previousHash !== event.hash) return null\n',
    suites: CHAIN,
  },
  {
    name: 'the end of the log is cut off and nobody notices',
    file: 'src/audit/verify-chain.ts',
    find: 'expected !== undefined && head.sequence < expected.sequence',
    replace: 'expected !== undefined && head.sequence < 0',
    suites: CHAIN,
  },
  {
    name: 'personal parts that are gone need no erasure on record',
    file: 'src/audit/verify-chain.ts',
    find: '  if (unexplained) return',
    replace: '  if (unexplained?.sequence === -1) return',
    suites: [...CHAIN, 'test/audit/erase-events.test.ts'],
  },
  {
    name: 'the hash of an event does not cover the one before it',
    file: 'src/audit/chain.ts',
    find: 'sequence: undefined, hash: undefined })',
    replace: "sequence: undefined, hash: undefined, previousHash: '' })",
    suites: [...CHAIN, 'test/audit/verify-program.test.ts'],
  },
  {
    name: 'an event that could not be stored is called stored',
    file: 'src/audit/audit-log.ts',
    find: 'for (const ticket of tickets) if (ticket.left > 0) ticket.failed(reason)',
    replace: 'for (const ticket of tickets) if (ticket.left > 0) ticket.stored()',
    suites: LOG,
  },
  {
    name: 'events of a writer that came too late are lost',
    file: 'src/audit/audit-log.ts',
    find: '      rest = rest.slice(stored)\n',
    replace: '      rest = rest.slice(stored + 1)\n',
    suites: LOG,
  },
  {
    name: 'a refused sign-in is not recorded',
    file: 'src/sign-in/password/sign-in-with-password.ts',
    find: 'audit.record([refusedEvent(actor, context), ...events])',
    replace: 'audit.record(events)',
    suites: ['test/audit/completeness.test.ts'],
  },
  {
    name: 'a removal that was refused is recorded as done',
    file: 'src/factors/remove-factor.ts',
    find: "      outcome: outcome.kind === 'removed' ? 'SUCCESS' : 'DENIED',\n",
    replace: "      outcome: 'SUCCESS',\n",
    suites: ['test/factors/remove-factor.test.ts'],
  },
]
