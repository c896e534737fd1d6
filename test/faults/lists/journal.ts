import type { Fault } from '../fault.js'
import { faultsIn } from './faults-in.js'

const EMBEDDED = 'src/store/embedded'
const CRASH = 'test/store/embedded-crash.test.ts'
const FILE = 'test/store/embedded-file.test.ts'
const GROWTH = 'test/store/embedded-growth.test.ts'
const DISK = 'test/store/embedded-disk.test.ts'
const TABLE = 'test/store/table.test.ts'
const CONTRACT = 'test/contracts/store-embedded.test.ts'

const journal = faultsIn(`${EMBEDDED}/journal.ts`, FILE, DISK, CRASH)
const reading = faultsIn(`${EMBEDDED}/read-journal.ts`, FILE, GROWTH)
const index = faultsIn(`${EMBEDDED}/row-index.ts`, CONTRACT, TABLE)
const plan = faultsIn(`${EMBEDDED}/plan-scan.ts`, CONTRACT, TABLE)

/** The guarantees of the embedded store when it is killed, its disk fails or something is erased. */
export const JOURNAL_FAULTS: readonly Fault[] = [
  faultsIn(`${EMBEDDED}/open-rows.ts`, CRASH)('a write is acknowledged before it is on the disk', [
    'if (durable) await journal.sync()',
    'if (!durable) await journal.sync()',
  ]),
  journal('a sync under way covers later writes', [
    'next ??= running.then(() => {\n      running = next ?? running\n      next = null\n      return syncOnce()\n    })',
    'next ??= running.then(() => syncOnce()).finally(() => {\n      next = null\n    })',
  ]),
  journal('a failed sync is forgotten', [
    "new Unavailable('store', (fault = { cause }))",
    "new Unavailable('store', { cause })",
  ]),
  journal('writes during a rewrite are lost with the old file', ['      rewriting?.writeBeside(record)\n', '']),
  journal('the new file is not synced before what is in it is acknowledged', [
    'rewriting?.syncBeside()',
    'Promise.resolve()',
  ]),
  reading('changes of what the indexes need are not read at a start', [
    '    if (known) learn(row, known, texts)\n',
    '',
  ]),
  faultsIn(`${EMBEDDED}/open-rows.ts`, GROWTH)('the file is never written anew while it is in use', [
    '      rewriteSoon()\n',
    '',
  ]),
  faultsIn(`${EMBEDDED}/journal.ts`, GROWTH)('a row is read although its checksum is wrong', [
    'if (crc32(text) === checksum) return text',
    'if (text.length > 0 || crc32(text) === checksum) return text',
  ]),
  reading('damage in the middle of the file counts as an unfinished end', [
    'if (damagedLine !== null && read && read.synced > end)',
    'if (damagedLine !== null && read && read.synced > end + 1e9)',
  ]),
  reading('lines after an unreadable one are accepted', [
    'if (read === null || lineEnd === null || damagedLine !== null) return',
    'if (read === null || lineEnd === null) return',
  ]),
  faultsIn(`${EMBEDDED}/journal-line.ts`, FILE)('a line is read although the checksum of a row is wrong', [
    'place.bytes)) === place.checksum',
    'place.bytes)) !== -1',
  ]),
  faultsIn(`${EMBEDDED}/log-file.ts`, DISK)('half a line stays in the file when the disk is full', [
    '        takeBack(use(), size)\n',
    '',
  ]),
  faultsIn(`${EMBEDDED}/kept-table.ts`, DISK)('a change that could not be written stays in memory', [
    '      undo(table, changes)\n      throw error',
    '      throw error',
  ]),
  faultsIn(
    `${EMBEDDED}/kept-table.ts`,
    TABLE,
    CONTRACT,
  )('half of a change stays when a unique key is taken', ['    undo(table, changes.slice(0, made))\n', '']),
  faultsIn(`${EMBEDDED}/open-rows.ts`, 'test/store/import-nedb.test.ts')('an erasure leaves the imported files', [
    'if (dropEarlierFiles(directory))',
    'if (rows.size < 0 && dropEarlierFiles(directory))',
  ]),
  faultsIn(
    `${EMBEDDED}/open-rows.ts`,
    FILE,
    'test/personal-data/erase.test.ts',
  )('a purge leaves superseded rows in the file', [
    'if (superseded > 0) await rewrite()',
    'if (superseded > 1_000) await rewrite()',
  ]),
  index('a unique key can be taken twice', [
    'if (rowOf(entry).id !== id) return true',
    'if (rowOf(entry).id !== id) return false',
  ]),
  plan('a row with a list is searched with both bounds at once', ['high: hasLists && low ? end :', 'high:']),
  plan('a list is taken for a value to sort by', ['place === -1 || hasLists(place)', 'place === -1']),
  faultsIn(`${EMBEDDED}/match-filter.ts`, CONTRACT)('a comparison holds between values of different types', [
    'return types.isDate(operand) ? types.isDate(value) : typeof value === typeof operand',
    'return value !== null && value !== undefined && operand !== null',
  ]),
]
