import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSmtpServer, type SmtpServer } from '../delivery/smtp-server.js'
import { compileGateway, type Finished, type GatewayProgram } from '../support/gateway-process.js'

let program: GatewayProgram
let folder: string
let smtp: SmtpServer

beforeAll(async () => {
  program = await compileGateway()
  folder = await mkdtemp(join(tmpdir(), 'stepgate-check-'))
  smtp = await startSmtpServer()
}, 60_000)
afterAll(async () => {
  await smtp.close()
  await program.discard()
  await rm(folder, { recursive: true, force: true })
})

const check = (env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
  program.run(['check'], { STEPGATE_DATA_DIR: join(folder, 'unused'), ...env })

const stateOf = ({ stdout }: Finished, about: string): string | undefined =>
  stdout
    .split('\n')
    .map((line) => line.split(/ +/))
    .find(([, each]) => each === about)?.[0]

describe('stepgate check', () => {
  it('finds nothing wrong with an installation without settings, and leaves nothing behind', async () => {
    const found = await check()
    expect(found).toMatchObject({ status: 0, stderr: '' })
    const states = ['settings', 'keys', 'files', 'store', 'mail', 'proxies'].map((about) => stateOf(found, about))
    expect(states).toEqual(['ok', 'note', 'ok', 'note', 'note', 'ok'])
    expect(await readdir(folder)).not.toContain('unused')
  })

  it('names a setting that is wrong', async () => {
    const found = await check({ PORT: 'x' })
    expect(found).toMatchObject({ status: 1, stderr: expect.stringContaining('PORT') as string })
  })

  it('signs in to the mail server and sends nothing', async () => {
    const found = await check({ STEPGATE_SMTP_URL: smtp.url })
    expect([found.status, stateOf(found, 'mail')]).toEqual([0, 'ok'])
    expect([smtp.logins.length, smtp.received.length]).toEqual([1, 0])
  })

  it('says that the mail server refuses the password, without it', async () => {
    const strict = await startSmtpServer((command) => (command.startsWith('AUTH') ? { says: '535 no' } : null))
    const found = await check({ STEPGATE_SMTP_URL: strict.url })
    await strict.close()
    expect([found.status, stateOf(found, 'mail')]).toEqual([1, 'wrong'])
    expect(found.stdout).toContain('refused the user name or the password')
    expect(found.stdout + found.stderr).not.toMatch(/p@ss|p%40ss/)
  })

  it('says that MongoDB cannot be reached, without the credentials', async () => {
    const found = await check({ MONGODB_URI: 'mongodb://gatekeeper:xyzzy@127.0.0.1:1/stepgate' })
    expect([found.status, stateOf(found, 'store')]).toEqual([1, 'wrong'])
    expect(found.stdout + found.stderr).not.toMatch(/xyzzy|gatekeeper/)
  })

  it('says that a template is wrong, and still checks the rest', async () => {
    const templates = join(folder, 'templates')
    await mkdir(join(templates, 'fr'), { recursive: true })
    await writeFile(join(templates, 'fr', 'email-code.txt'), 'Sujet: {{kode}}')
    const found = await check({ STEPGATE_MESSAGES_DIR: templates })
    expect([found.status, stateOf(found, 'files'), stateOf(found, 'proxies')]).toEqual([1, 'wrong', 'ok'])
  })

  it('notes that no proxy is trusted in front of an https address', async () => {
    const found = await check({ STEPGATE_PUBLIC_URL: 'https://auth.example.com' })
    expect([found.status, stateOf(found, 'proxies')]).toEqual([0, 'note'])
  })

  it('leaves a running gateway alone', async () => {
    const env = { STEPGATE_DATA_DIR: join(folder, 'running') }
    const gateway = await program.start(env)
    const found = await check(env)
    expect([found.status, stateOf(found, 'store'), stateOf(found, 'keys')]).toEqual([0, 'note', 'ok'])
    const start = await fetch(`${gateway.url}/`, { headers: { accept: 'application/json' } })
    const { links } = (await start.json()) as { links: readonly { path: string }[] }
    for (const { path } of links) {
      const page = await fetch(`${gateway.url}/${path}`, { headers: { accept: 'text/html' } })
      expect([path, page.status]).toEqual([path, 200])
    }
    await gateway.stop()
  })
})
