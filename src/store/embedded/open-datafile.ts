import { chmod, stat } from 'node:fs/promises'
import nedb from '@seald-io/nedb'
import type { Logger } from '../../kernel/logger.js'
import type { Index } from '../collection.js'
import { appendAtOnce, escapeLineBreaks } from './append-lines.js'
import { repairTail } from './repair-tail.js'

// nedb's types describe a default export; at run time the class is the module itself.
const Datastore = nedb as unknown as typeof nedb.default
export type Datafile = InstanceType<typeof Datastore>

/** More than the last line of a file cannot be read. Nothing was changed; an operator has to decide. */
export class DamagedDatafile extends Error {
  constructor(
    readonly file: string,
    readonly unreadableLines: number,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${unreadableLines} lines cannot be read; restore the file from a backup or remove them`, options)
    this.name = 'DamagedDatafile'
  }
}

export interface DatafileOptions {
  /** Null keeps everything in memory. */
  readonly file: string | null
  readonly indexes: readonly Index[]
  readonly logger: Logger
}

const FILE_MODE = 0o600

/** Opens a collection's file, mends what a crash may have left, and makes the indexes. */
export async function openDatafile({ file, indexes, logger }: DatafileOptions): Promise<Datafile> {
  const datafile = file === null ? new Datastore({ inMemoryOnly: true }) : await load(file, logger)
  for (const { fields, unique = false, sparse = false } of indexes.filter(isOfUse)) {
    // nedb takes a date for nothing where an index is sparse, so that only is where it has to be.
    await datafile.ensureIndexAsync({ fieldName: Object.keys(fields), unique, sparse: unique && sparse })
  }
  return datafile
}

/** nedb looks into an index of several fields only when all of them are asked for by equality, which nobody does. */
const isOfUse = ({ fields, unique }: Index): boolean => unique === true || Object.keys(fields).length === 1

async function load(file: string, logger: Logger): Promise<Datafile> {
  const droppedBytes = await repairTail(file)
  if (droppedBytes > 0) logger.warn({ file, droppedBytes }, 'dropped an unfinished last line, never acknowledged')
  await tighten(file)
  const datafile = new Datastore({
    filename: file,
    // nedb would start with up to a tenth of the lines unreadable and then write the file anew without them.
    corruptAlertThreshold: 0,
    modes: { dirMode: 0o700, fileMode: FILE_MODE },
    afterSerialization: escapeLineBreaks,
    beforeDeserialization: forgetIndexes,
  })
  try {
    await datafile.loadDatabaseAsync()
  } catch (error) {
    const { corruptItems } = error as { corruptItems?: number }
    if (corruptItems === undefined) throw error
    throw new DamagedDatafile(file, corruptItems, { cause: error })
  }
  appendAtOnce(datafile, file, FILE_MODE)
  return datafile
}

/** The indexes are those the code asks for, not those an earlier version left in the file. */
function forgetIndexes(line: string): string {
  return line.startsWith('{"$$index') ? '{}' : line
}

async function tighten(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found && (found.mode & 0o077) !== 0) await chmod(file, 0o600)
}
