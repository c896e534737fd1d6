import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'coverage', 'data'])

/** A copy of the tree to break; the packages are linked. */
export async function copyOfTree(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-faults-'))
  await cp(ROOT, directory, { recursive: true, filter: (path) => path === ROOT || !LEFT_OUT.has(basename(path)) })
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'))
  return directory
}

export const discardCopy = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true })
