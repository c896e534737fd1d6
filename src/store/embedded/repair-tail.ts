import { open, type FileHandle } from 'node:fs/promises'

const CHUNK_BYTES = 64 * 1024
const LINE_FEED = 10

/**
 * Cuts off an unfinished last line, which is all that a process killed in mid-write can leave behind: a line is
 * acknowledged only when it is in the file with its line feed. Answers how many bytes were dropped.
 */
export async function repairTail(file: string): Promise<number> {
  const handle = await openExisting(file)
  if (handle === null) return 0
  try {
    const { size } = await handle.stat()
    const kept = await endOfLastLine(handle, size)
    if (kept === size) return 0
    await handle.truncate(kept)
    await handle.sync()
    return size - kept
  } finally {
    await handle.close()
  }
}

async function openExisting(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let end = size; end > 0; end -= CHUNK_BYTES) {
    const start = Math.max(0, end - CHUNK_BYTES)
    const { bytesRead } = await handle.read(chunk, 0, end - start, start)
    const lineFeed = chunk.subarray(0, bytesRead).lastIndexOf(LINE_FEED)
    if (lineFeed >= 0) return start + lineFeed + 1
  }
  return 0
}
