import { readFileSync } from 'node:fs'

/** Reads a file that is served as it is, by its path in this folder, such as `push/browser/page.js`. */
export const readPageFile = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
