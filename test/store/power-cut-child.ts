/**
 * Runs a child of this folder over a disk that forgets: beside the directory, in `<directory>.platter`, is what a power cut
 * would leave of the journal, which is what was synced under a name that was synced.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename, dirname, join } from 'node:path'

const real = { ...fs }
const directory = process.argv[2] ?? ''
const platter = `${directory}.platter`
/** What is behind each descriptor, by the name it was opened with. */
const opened = new Map<number, string>()
/** Renames that no sync of the directory has made last yet. */
const renames: (readonly [from: string, to: string])[] = []

const onPlatter = (file: string): string => join(platter, basename(file))

function reachPlatter(descriptor: number, size: number): void {
  const file = opened.get(descriptor)
  if (file === undefined) return
  const known = real.existsSync(onPlatter(file)) ? real.statSync(onPlatter(file)).size : 0
  const missing = Buffer.alloc(Math.max(0, size - known))
  const reader = real.openSync(`/proc/self/fd/${descriptor}`, 'r')
  real.readSync(reader, missing, 0, missing.length, known)
  real.closeSync(reader)
  real.appendFileSync(onPlatter(file), missing)
}

/** Until its new name is there, what is synced of a file is found under the old one. */
function reachPlatterByName(renamed: typeof renames): void {
  for (const [from, to] of renamed) {
    real.renameSync(onPlatter(from), onPlatter(to))
    for (const [descriptor, file] of opened) {
      // The file that had this name has none now, even if it is still written to.
      if (file === to) opened.delete(descriptor)
      if (file === from) opened.set(descriptor, to)
    }
  }
}

Object.assign(fs, {
  openSync: (file: string, flags: string, mode?: number) => {
    const descriptor = real.openSync(file, flags, mode)
    if (dirname(file) === directory) opened.set(descriptor, file)
    else opened.delete(descriptor)
    return descriptor
  },
  ftruncateSync: (descriptor: number, size: number) => {
    real.ftruncateSync(descriptor, size)
    const file = opened.get(descriptor)
    if (file !== undefined && real.existsSync(onPlatter(file))) {
      real.truncateSync(onPlatter(file), Math.min(size, real.statSync(onPlatter(file)).size))
    }
  },
  fdatasync: (descriptor: number, done: (error: Error | null) => void) => {
    const { size } = real.fstatSync(descriptor)
    real.fdatasync(descriptor, (error) => {
      reachPlatter(descriptor, size)
      done(error)
    })
  },
  fdatasyncSync: (descriptor: number) => {
    real.fdatasyncSync(descriptor)
    reachPlatter(descriptor, real.fstatSync(descriptor).size)
  },
  renameSync: (from: string, to: string) => {
    real.renameSync(from, to)
    renames.push([from, to])
  },
  fsyncSync: (descriptor: number) => {
    real.fsyncSync(descriptor)
    reachPlatterByName(renames.splice(0))
  },
  fsync: (descriptor: number, done: (error: Error | null) => void) => {
    const before = renames.splice(0)
    real.fsync(descriptor, (error) => {
      reachPlatterByName(before)
      done(error)
    })
  },
})
syncBuiltinESMExports()
await import('./embedded-child.js')
