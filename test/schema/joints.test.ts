import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const SRC = new URL('../../src', import.meta.url).pathname

/** Files whose job is to list what there is. */
const LISTS = [
  /(?:^|\/)index\.ts$/,
  /\.module\.ts$/,
  /^compose\//,
  /^risk\/signals\/all-signals\.ts$/,
  /^config\/settings\.ts$/,
  /^store\/open-repositories\.ts$/,
]
const MOST = 10

/** What a file takes from others of ours and uses when it runs; the kernel is everybody's. */
const callsOf = (source: string): string[] =>
  [...source.matchAll(/^import (?!type )[^;]*? from '(\.[^']*)'/gm)]
    .map(([, path = '']) => path)
    .filter((path) => !path.includes('kernel/'))

it('has no file that joins more than ten others, except lists', async () => {
  const files = (await readdir(SRC, { recursive: true })).filter((file) => file.endsWith('.ts'))
  const joints = await Promise.all(
    files.map(async (file) => ({ file, calls: callsOf(await readFile(join(SRC, file), 'utf8')).length })),
  )
  expect(files.length).toBeGreaterThan(500)
  const tooMany = joints.filter(({ file, calls }) => calls > MOST && !LISTS.some((list) => list.test(file)))
  expect(tooMany).toEqual([])
})
