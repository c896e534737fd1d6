import { randomUUID } from 'node:crypto'
import { readFile, rename, stat, unlink, utimes, writeFile, link } from 'node:fs/promises'
import { join } from 'node:path'
import { currentProcess, isRunning, type ProcessIdentity } from './process-identity.js'

/** Another process uses the data directory. Two would overwrite each other's accounts. */
export class DirectoryInUse extends Error {
  constructor(
    readonly directory: string,
    readonly owner: { readonly pid: number; readonly host: string },
  ) {
    super(
      `${directory} is in use by process ${owner.pid} on ${owner.host}; give this one another directory, or stop it`,
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
 * taken over at once. Throws `DirectoryInUse`. Goes by the system's time, as the file's dates do.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const file = join(directory, 'lock')
  const claim = JSON.stringify({ ...currentProcess(), claim: randomUUID() })
  while (!(await isCreated(file, claim))) await removeDeadLock(directory, file)

  const heart = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), SIGN_OF_LIFE_MS)
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

async function removeDeadLock(directory: string, file: string): Promise<void> {
  const content = await contentOf(file)
  if (content === null) return
  const owner = ownerIn(content)
  const silence = Date.now() - ((await stat(file).catch(() => null))?.mtimeMs ?? 0)
  if (owner && isAlive(owner, silence)) throw new DirectoryInUse(directory, owner)
  // Created but not yet written: its owner needs a moment, unless it died just then.
  if (!owner && silence < SIGN_OF_LIFE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  await moveAway(file, content)
}

/** Takes the lock away by a rename, which only one process can do, and puts it back if it is not the dead one. */
async function moveAway(file: string, deadContent: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await contentOf(aside)) !== deadContent) await link(aside, file).catch(() => undefined)
  await unlink(aside)
}

function isAlive(owner: ProcessIdentity, silence: number): boolean {
  return owner.host === currentProcess().host ? isRunning(owner) : silence < SILENCE_MS
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
