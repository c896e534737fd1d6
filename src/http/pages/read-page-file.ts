import { readFileSync } from 'node:fs'

/** A file that browsers get as it is, by its path below this folder, such as `push/browser/page.js`. */
export const readPageFile = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
