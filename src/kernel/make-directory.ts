import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Private to this user. */
const MODE = 0o700

/**
 * Makes a directory, and those it lies in, if they are missing. Node's own `recursive` never returns where a file system says
 * of every new directory that its parent is missing, as `/proc` does.
 */
export async function makeDirectory(path: string): Promise<void> {
  const refusal = await makeOne(path)
  if (refusal === null) return
  const parent = dirname(path)
  if (refusal.code !== 'ENOENT' || (await isThere(parent))) throw refusal
  await makeDirectory(parent)
  const again = await makeOne(path)
  if (again) throw again
}

async function makeOne(path: string): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(path, { mode: MODE })
    return null
  } catch (error) {
    const isMade = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path)).isDirectory()
    return isMade ? null : (error as NodeJS.ErrnoException)
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
