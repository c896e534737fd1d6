import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDirectory } from '../../src/kernel/make-directory.js'

describe('a directory', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'stepgate-directory-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  it('is made with those it lies in, private to this user', async () => {
    const path = join(root, 'a', 'b', 'c')
    await makeDirectory(path)
    for (const each of [join(root, 'a'), join(root, 'a', 'b'), path])
      expect((await stat(each)).mode & 0o777).toBe(0o700)
  })

  it('may be there already, or be made by many at once', async () => {
    const path = join(root, 'a', 'b')
    await Promise.all(Array.from({ length: 20 }, () => makeDirectory(path)))
    await makeDirectory(path)
    expect((await stat(path)).isDirectory()).toBe(true)
  })

  it('is not made where a file is, nor below one', async () => {
    const file = join(root, 'file')
    await writeFile(file, '')
    await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeDirectory(join(file, 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  const onLinux = existsSync('/proc/self') ? it : it.skip
  onLinux('fails where the file system makes none, instead of trying for ever', async () => {
    await expect(makeDirectory('/proc/stepgate/data')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
