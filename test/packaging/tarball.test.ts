import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MODULES = join(ROOT, 'node_modules')
/** What a clone has and packing needs. */
const CLONED = [
  'LICENSE',
  'NOTICE',
  'README.md',
  'package.json',
  'schema',
  'scripts',
  'src',
  'tsconfig.build.json',
  'tsconfig.json',
]

const USE = `
import { ConfigError, createPolicy, createStepgate, Guard, protectSchema, type App, type StepUp } from 'stepgate'
import { createDeviceKey } from 'stepgate/client'
export const start = (): Promise<App> => createStepgate({ PORT: '0' })
export const all = [ConfigError, createPolicy, Guard, protectSchema, createDeviceKey] as const
export type Demand = StepUp
`

/** Starts the gateway as a library, closes it, and ends by itself if nothing is left open. */
const LIBRARY = `
import { readFileSync } from 'node:fs'
import { createStepgate } from 'stepgate'
const app = await createStepgate({ PORT: '0', STEPGATE_DATA_DIR: process.argv[2], STEPGATE_ASN_FILE: 'off' })
const { url } = await app.listen()
const status = (await fetch(url + '/readyz')).status
await app.close()
const after = await fetch(url + '/readyz').then(() => 'answers', () => 'closed')
const sdl = readFileSync(new URL(import.meta.resolve('stepgate/schema/stepgate.graphql')), 'utf8')
const operations = readFileSync(new URL(import.meta.resolve('stepgate/schema/operations/accounts.graphql')), 'utf8')
console.log(JSON.stringify({ status, after, sdl: sdl.includes('type Query'), operations: operations.includes('mutation') }))
`

let folder: string
let installed: string

/** Packs a copy of the clone, so that a gateway that runs from `dist` keeps its files, and unpacks the tarball. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stepgate-package-'))
  const clone = join(folder, 'clone')
  await mkdir(clone)
  for (const name of CLONED) await cp(join(ROOT, name), join(clone, name), { recursive: true })
  await symlink(MODULES, join(clone, 'node_modules'))
  await run('npm', ['pack', '--silent', '--ignore-scripts=false', '--pack-destination', folder], { cwd: clone })
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
  installed = join(folder, 'app', 'node_modules', 'stepgate')
  await mkdir(installed, { recursive: true })
  await run('tar', ['xzf', join(folder, tarball), '-C', installed, '--strip-components=1'])
  await linkDependencies()
  await writeFile(join(folder, 'app', 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'app', 'use.ts'), USE)
  await writeFile(join(folder, 'app', 'library.js'), LIBRARY)
}, 240_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Only what the package asks for, and the types of Node: nothing that only this repository has. */
async function linkDependencies(): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  for (const name of [...Object.keys(dependencies), '@types/node', '@types/express']) {
    const place = join(folder, 'app', 'node_modules', name)
    await mkdir(join(place, '..'), { recursive: true })
    await symlink(join(MODULES, name), place)
  }
}

describe('the packed gateway', () => {
  it('contains the program, the schema and the licences, and no tests, sources or generated code', async () => {
    const files = await readdir(installed, { recursive: true })
    for (const file of ['dist/main.js', 'dist/index.d.ts', 'schema/stepgate.graphql', 'LICENSE', 'NOTICE']) {
      expect(files).toContain(file)
    }
    const foreign = files.filter((file) => /^(?:test|src|bench)\b|schema\/generated|\.test\./.test(file))
    expect(foreign).toEqual([])
  })

  it.each([
    ['node16', 'node16'],
    ['bundler', 'esnext'],
  ])(
    'has complete types under %s resolution, checked with those of its dependencies',
    async (resolution, module) => {
      const options = { module, moduleResolution: resolution, target: 'es2022', strict: true, noEmit: true }
      const config = { compilerOptions: { ...options, skipLibCheck: false, types: ['node'] }, files: ['use.ts'] }
      const file = join(folder, 'app', `tsconfig.${resolution}.json`)
      await writeFile(file, JSON.stringify(config))
      const checked = run(process.execPath, [join(MODULES, 'typescript', 'bin', 'tsc'), '-p', file])
      expect((await checked.catch((failed: unknown) => failed as { readonly stdout: string })).stdout).toBe('')
    },
    120_000,
  )

  it('works as a library, lets the process end after `close`, and its schema can be imported', async () => {
    const answer = run(process.execPath, ['library.js', join(folder, 'data')], {
      cwd: join(folder, 'app'),
      timeout: 60_000,
    })
    const said = (await answer).stdout.split('\n').find((line) => line.startsWith('{"status"')) ?? ''
    expect(JSON.parse(said)).toEqual({ status: 200, after: 'closed', sdl: true, operations: true })
  }, 90_000)

  it('runs as a program', async () => {
    const { stdout } = await run(process.execPath, [join(installed, 'dist', 'main.js'), '--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
