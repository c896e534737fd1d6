import { closeSync, fsync, fsyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const syncFile = promisify(fsync)

/** Resolves when the names in a directory are on the disk. Windows opens no directories. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    await syncFile(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export function syncDirectoryAtOnce(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
