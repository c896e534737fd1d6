import { mkdir, writeFile } from 'node:fs/promises'
import { goldenFiles } from './golden-files.js'

/** Writes every file that is generated from the code; a test fails while one of them is out of date. */
for (const [path, content] of Object.entries(await goldenFiles())) {
  const target = new URL(`../${path}`, import.meta.url)
  await mkdir(new URL('.', target), { recursive: true })
  await writeFile(target, content)
}
