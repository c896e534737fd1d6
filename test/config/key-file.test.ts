import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyFileError, loadOrCreateKeys, newKeyText, readConfig } from '../../src/config/index.js'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stepgate-keys-'))
})

afterEach(() => rm(directory, { recursive: true }))

const path = (): string => join(directory, 'keys.json')

it('creates a key at the first start, for this user only, and finds it again', async () => {
  const made = await loadOrCreateKeys(directory)
  expect(made).toHaveLength(1)
  expect(made[0]?.secret).toHaveLength(32)
  expect((await stat(path())).mode & 0o777).toBe(0o600)
  expect(await loadOrCreateKeys(directory)).toEqual(made)
  expect(await readdir(directory)).toEqual(['keys.json'])
})

it('creates the directory when it is missing', async () => {
  expect(await loadOrCreateKeys(join(directory, 'a', 'b'))).toHaveLength(1)
})

it('gives the same key to processes that start together', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => loadOrCreateKeys(directory)))
  expect(new Set(all.map(([key]) => key?.id)).size).toBe(1)
})

it('refuses a file that others can read', async () => {
  await loadOrCreateKeys(directory)
  await chmod(path(), 0o640)
  await expect(loadOrCreateKeys(directory)).rejects.toThrow(KeyFileError)
})

it.each(['', '{}', '{"keys":[]}', '{"keys":["canary"]}'])(
  'refuses a file that contains %j, without quoting it',
  async (text) => {
    await writeFile(path(), text, { mode: 0o600 })
    const refusal = await loadOrCreateKeys(directory).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(KeyFileError)
    expect(String(refusal)).not.toMatch(/canary/)
    expect(await readFile(path(), 'utf8')).toBe(text)
  },
)

it('writes new keys in the form the settings take', () => {
  expect(readConfig({ STEPGATE_KEYS: `${newKeyText()},${newKeyText()}` }).keys).toHaveLength(2)
})
