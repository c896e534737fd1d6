import { randomUUID } from 'node:crypto'
import { readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { currentProcess, isRunning, type ProcessIdentity } from './process-identity.js'

/** Another process uses the data directory. Two would overwrite each other's accounts. */
export class DirectoryInUse extends Error {
  constructor(
    readonly directory: string,
    readonly owner: { readonly pid: number; readonly host: string },
  ) {
    super(
      `The data directory ${directory} is in use by process ${owner.pid} on ${owner.host}: stop it, or set STEPGATE_DATA_DIR to another folder`,
    )
    this.name = 'DirectoryInUse'
  }
}

export interface DirectoryLock {
  release(): Promise<void>
}

const SIGN_OF_LIFE_MS = 2_000
// A process on another host cannot be asked whether it runs: it is taken for dead after this silence.
const SILENCE_MS = 10_000

/**
 * Makes this process the only one to use the directory until it ends, however it ends: a lock whose owner is dead is
 * taken over at once. Throws `DirectoryInUse`. `onLost` is called when the lock is no longer ours, as after a pause so
 * long that another host took us for dead. Goes by the system's time, as the file's dates do.
 */
export async function lockDirectory(directory: string, onLost: () => void): Promise<DirectoryLock> {
  const file = join(directory, 'lock')
  const claim = JSON.stringify({ ...currentProcess(), claim: randomUUID() })
  while (!(await isCreated(file, claim))) await removeDeadLock(directory, file, claim)

  const showLife = async (): Promise<void> => {
    if ((await contentOf(file)) === claim) return utimes(file, new Date(), new Date())
    clearInterval(heart)
    onLost()
  }
  const heart = setInterval(() => void showLife().catch(() => undefined), SIGN_OF_LIFE_MS)
  heart.unref()
  return {
    release: async () => {
      clearInterval(heart)
      if ((await contentOf(file)) === claim) await unlink(file)
    },
  }
}

async function isCreated(file: string, claim: string): Promise<boolean> {
  try {
    await writeFile(file, claim, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeDeadLock(directory: string, file: string, claim: string): Promise<void> {
  const content = await contentOf(file)
  if (content === null) return
  const owner = ownerIn(content)
  if (await isInUse(file, owner)) {
    if (owner) throw new DirectoryInUse(directory, owner)
    return pause()
  }
  // Only the process that holds the guard removes locks, and only the dead one: never that of a faster process.
  const guard = `${file}.takeover`
  if (!(await isCreated(guard, claim))) return removeDeadGuard(guard)
  try {
    if ((await contentOf(file)) === content) await unlink(file)
  } finally {
    await unlink(guard)
  }
}

async function removeDeadGuard(guard: string): Promise<void> {
  const content = await contentOf(guard)
  if (content === null) return
  if (await isInUse(guard, ownerIn(content))) return pause()
  await unlink(guard).catch(() => undefined)
}

async function isInUse(file: string, owner: ProcessIdentity | null): Promise<boolean> {
  const silence = Date.now() - ((await stat(file).catch(() => null))?.mtimeMs ?? 0)
  // Created but not yet written: its owner needs a moment, unless it died just then.
  if (owner === null) return silence < SIGN_OF_LIFE_MS
  return owner.host === currentProcess().host ? isRunning(owner) : silence < SILENCE_MS
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}

function ownerIn(content: string): ProcessIdentity | null {
  try {
    const { pid, host, incarnation } = JSON.parse(content) as Partial<ProcessIdentity>
    return pid && host ? { pid, host, incarnation: incarnation ?? null } : null
  } catch {
    return null
  }
}

async function contentOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
