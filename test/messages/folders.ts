import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of templates, by path inside it. */
export async function templateFolder(files: Readonly<Record<string, string | Buffer>>) {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-templates-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
