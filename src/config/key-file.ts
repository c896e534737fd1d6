import { randomBytes } from 'node:crypto'
import { chmod, link, lstat, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeDirectory } from '../kernel/make-directory.js'
import { key, type ConfiguredKey } from './parsers.js'

/** The file exists but cannot be trusted or read. Names the file, never its content. */
export class KeyFileError extends Error {
  constructor(path: string, says: string, options?: ErrorOptions) {
    super(`The key file ${path} ${says}`, options)
    this.name = 'KeyFileError'
  }
}

const CONTENT = z.object({ keys: z.array(key).min(1) })
const OTHERS = 0o077

/** A new key in the form of `STEPGATE_KEYS`. */
export function newKeyText(): string {
  return `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`
}

/** The keys in `<dataDirectory>/keys.json`; null when there is no such file. */
export const loadKeys = (dataDirectory: string): Promise<readonly ConfiguredKey[] | null> =>
  load(join(dataDirectory, 'keys.json'))

/** The keys in `<dataDirectory>/keys.json`; the first start creates them, readable by this user only. */
export async function loadOrCreateKeys(dataDirectory: string): Promise<readonly ConfiguredKey[]> {
  const path = join(dataDirectory, 'keys.json')
  return (await load(path)) ?? (await create(dataDirectory, path))
}

async function load(path: string): Promise<readonly ConfiguredKey[] | null> {
  const file = await lstat(path).catch(nullIfMissing)
  if (!file) return null
  if (!file.isFile()) throw new KeyFileError(path, 'is not a plain file')
  if ((file.mode & OTHERS) !== 0) throw new KeyFileError(path, 'can be read by others: chmod it to 600')
  const content = CONTENT.safeParse(parseJson(await readFile(path, 'utf8')))
  if (!content.success)
    throw new KeyFileError(
      path,
      'does not contain keys: restore it from a backup; without it, existing data cannot be read',
    )
  return content.data.keys
}

async function create(directory: string, path: string): Promise<readonly ConfiguredKey[]> {
  await makeDirectory(directory)
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await write(draft, `${JSON.stringify({ keys: [newKeyText()] }, null, 2)}\n`)
  // A link appears at once with all of its content and never replaces a file: of two starting processes one wins.
  await link(draft, path)
    .catch(ignoreIfThere)
    .finally(() => rm(draft))
  const keys = await load(path)
  if (!keys) throw new KeyFileError(path, 'was removed while it was made')
  return keys
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await chmod(path, 0o600)
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}

function ignoreIfThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
