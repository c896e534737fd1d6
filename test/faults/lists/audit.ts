import type { Fault } from '../fault.js'
import { faultsIn } from './faults-in.js'

const CHAIN = ['test/audit/verify-chain.test.ts'] as const
const LOG = ['test/audit/audit-log.test.ts'] as const
const CHECKPOINTS = 'test/audit/checkpoints.test.ts'
const TAMPERING = 'test/audit/tampering.test.ts'

const walk = faultsIn('src/audit/verify/walk-stream.ts', ...CHAIN)
const log = faultsIn('src/audit/stream-writer.ts', ...LOG)
const carried = faultsIn('src/store/outbox.ts', 'test/audit/outbox.test.ts')
const delivered = faultsIn('src/audit/outbox/outbox.ts', 'test/audit/outbox.test.ts')
const written = faultsIn('src/audit/checkpoints/write-checkpoint.ts', CHECKPOINTS)
const followed = faultsIn('src/audit/verify/follow-checkpoint.ts', TAMPERING)
const part = faultsIn('src/audit/verify/verify-part.ts', TAMPERING)
const whole = faultsIn('src/audit/verify/verify-log.ts', CHECKPOINTS, 'test/audit/resume.test.ts')
const proof = faultsIn('src/audit/checkpoints/check-proof.ts', 'test/audit/proofs.test.ts')

export const AUDIT_FAULTS: readonly Fault[] = [
  walk('an edited event is reported as intact', [
    '  if (hashOf(event) !== event.hash) return breakOfContent(event)\n',
    '',
  ]),
  walk('a missing event is not noticed', [
    '  if (sequence > expected) return breakOfGap',
    '  if (sequence > expected + 1) return breakOfGap',
  ]),
  walk('an event inserted later is reported as intact', [
    '  if (event.previousHash !== head.hash) {\n',
    '  if (event.previousHash === event.hash) {\n',
  ]),
  followed('a log whose end was cut off is reported as intact', [
    '  if (checkpoint.number > expected) return',
    '  if (checkpoint.number > expected + 9) return',
  ]),
  {
    name: 'a missing noted checkpoint is not noticed',
    file: 'src/audit/verify/log-parts.ts',
    find: '    if (now.number < end) broken ??= ',
    replace: '    if (now.number < end - 9) broken ??= ',
    suites: [TAMPERING],
  },
  {
    name: 'missing personal parts need no recorded erasure',
    file: 'src/audit/verify/trace-erasures.ts',
    find: '!accounts.some((id) => erased.has(id))',
    replace: 'accounts.length > 9 && !accounts.some((id) => erased.has(id))',
    suites: ['test/audit/erase-events.test.ts'],
  },
  {
    name: 'the hash of an event does not cover the one before it',
    file: 'src/audit/chain.ts',
    find: 'sequence: undefined, hash: undefined })',
    replace: "sequence: undefined, hash: undefined, previousHash: '' })",
    suites: [...CHAIN, 'test/audit/old-log.test.ts'],
  },
  {
    name: 'the hash of an event does not cover its stream',
    file: 'src/audit/chain.ts',
    find: 'event.stream === FIRST_STREAM ? undefined : event.stream',
    replace: "event.stream === FIRST_STREAM ? undefined : ''",
    suites: CHAIN,
  },
  {
    name: 'an event from before streams is hashed with one',
    file: 'src/audit/chain.ts',
    find: 'event.stream === FIRST_STREAM ? undefined : event.stream',
    replace: 'event.stream',
    suites: ['test/audit/old-log.test.ts'],
  },
  log('an event that could not be stored is reported as stored', [
    'for (const ticket of tickets) if (ticket.left > 0) ticket.failed(reason)',
    'for (const ticket of tickets) if (ticket.left > 0) ticket.stored()',
  ]),
  log('events behind an insert that came late are lost', [
    'rest = await notYetStored(rest.slice(stored))',
    'rest = await notYetStored(rest.slice(stored + 1))',
  ]),
  log('the head is not read again when another writer took the next place', ['      stream.head = null\n', '']),
  log('a stream is written that was never announced', ['    await store.openStream({ id, openedAt })\n', '']),
  log('an event that another process delivered keeps the rest from being written', [
    'return lines.filter(({ fact }) => !known.has(fact.id))',
    'return lines',
  ]),
  carried('a change leaves its events behind', [
    'const tryIt = () => run({ ...filter, [lastPlace]: { $exists: false } }, carrying)',
    'const tryIt = () => run({ ...filter, [lastPlace]: { $exists: false } }, update)',
  ]),
  carried('a document takes events without limit', ['{ ...filter, [lastPlace]: { $exists: false } }', '{ ...filter }']),
  delivered('what another process left is never removed', ['    await store.remove(filled)\n', '']),
  written('a checkpoint covers events that do not continue each other', [
    'event.sequence !== sequence + 1 || event.previousHash !== hash',
    'event.sequence === 0',
  ]),
  written('a stream is never sealed', [
    '(!grew && isOver(deps, stream.grownAt, now))',
    '(!grew && grew && isOver(deps, stream.grownAt, now))',
  ]),
  written('a new key never vouches for what the old one signed', [
    'const handsOver = input.handOver && last !== null',
    'const handsOver = input.handOver && last !== null && last.number < 0',
  ]),
  {
    name: 'a checkpoint continues one that another key signed',
    file: 'src/audit/checkpoints/checkpointer.ts',
    find: "    if (last && !(await isSound(last))) return 'done'\n",
    replace: '    if (last) await isSound(last)\n',
    suites: [CHECKPOINTS],
  },
  followed('a checkpoint need not name the one before it', [
    '  if (statement.previous !== before.hash) {\n',
    '  if (statement.previous === hash) {\n',
  ]),
  followed('a noted checkpoint may differ from the stored one', [
    'noted?.number === expected && noted.hash !== hash',
    'noted?.number === expected && noted.hash === before.hash',
  ]),
  part('the root of a checkpoint is not compared with its events', [' || rootOfEvents(covered) !== events.root', '']),
  part('the hash of a head is not compared with its event', [
    '    if (head.hash !== segment.hash) {\n',
    '    if (head.hash === segment.stream) {\n',
  ]),
  whole('a log counts as signed although its last checkpoint is not', [
    '  if (signed === now.number) return null\n',
    '  if (signed <= now.number) return null\n',
  ]),
  whole('missing events from an already verified part are not noticed', [
    '  if (missing <= 0) return null\n',
    '  if (missing !== -1) return null\n',
  ]),
  whole('a check that ends early says that the log is intact', [
    '  if (isLeft) {\n',
    '  if (isLeft && resumable === null) {\n',
  ]),
  {
    name: 'a check of the log never lets requests run',
    file: 'src/audit/verify/verify-part.ts',
    find: 'const EVENTS_IN_A_TURN = 100\n',
    replace: 'const EVENTS_IN_A_TURN = 100_000\n',
    suites: ['test/audit/yielding.test.ts'],
  },
  proof('a proof is valid whatever its path leads to', [
    "root?.toString('hex') !== statement.events.root",
    "root?.toString('hex') === '' && statement.events.root",
  ]),
  proof('a proof is valid for an edited event', [
    '    return hashOf(event) === event.hash\n',
    '    return hashOf(event) !== ""\n',
  ]),
  {
    name: 'a Merkle tree accepts a node as a leaf',
    file: 'src/audit/checkpoints/merkle.ts',
    find: 'const LEAF = Buffer.of(0)',
    replace: 'const LEAF = Buffer.of(1)',
    suites: ['test/audit/merkle.test.ts'],
  },
  {
    name: 'a refused sign-in is not recorded',
    file: 'src/sign-in/password/sign-in-with-password.ts',
    find: 'audit.record([refusedEvent(actor, context), ...events])',
    replace: 'audit.record(events)',
    suites: ['test/audit/completeness.test.ts'],
  },
  {
    name: 'a refused removal is recorded as done',
    file: 'src/factors/remove-factor.ts',
    find: "{ ...event, outcome: 'DENIED', reason",
    replace: "{ ...event, outcome: 'SUCCESS', reason",
    suites: ['test/factors/remove-factor.test.ts'],
  },
]
