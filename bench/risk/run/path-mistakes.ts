import { mkdirSync, statSync } from 'node:fs'

/** What is wrong with the file of `--events`; null when it is there to be read. */
export function eventsMistake(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return `There is no file ${file}.`
  return found.isDirectory() ? `${file} is a directory, and --events takes a file.` : null
}

/** Makes the directory of `--out`, so that a full run does not end without a place for its report. Null when it is there. */
export function outMistake(directory: string): string | null {
  try {
    mkdirSync(directory, { recursive: true })
    return null
  } catch (error) {
    return `--out takes a directory: ${error instanceof Error ? error.message : String(error)}`
  }
}
