import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupFault } from '../../src/kernel/setup-fault.js'
import { explainStoreFailure, openStore } from '../../src/store/index.js'
import { compileGateway, type Finished, type GatewayProgram } from '../support/gateway-process.js'
import { helloOf, mongoResponder, type MongoResponder } from '../support/mongo-responder.js'

const USER = 'gatekeeper'
const PASSWORD = 'xyzzy-plugh-17'

let program: GatewayProgram
let folder: string
let taken: Server
let replicaSet: MongoResponder

beforeAll(async () => {
  program = await compileGateway()
  folder = await mkdtemp(join(tmpdir(), 'stepgate-start-'))
  await writeFile(join(folder, 'file'), 'not a folder')
  taken = await serving((socket) => socket.resume())
  replicaSet = await mongoResponder((command) => {
    if ('hello' in command || 'ismaster' in command || 'isMaster' in command) return helloOf(replicaSet.host)
    return { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' }
  })
}, 60_000)
afterAll(async () => {
  taken.close()
  replicaSet.close()
  await program.discard()
  await rm(folder, { recursive: true, force: true })
})

async function serving(connected: (socket: Socket) => void): Promise<Server> {
  const server = createServer(connected).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port
const start = (env: Readonly<Record<string, string>>): Promise<Finished> =>
  program.run(['start'], { STEPGATE_DATA_DIR: join(folder, 'data'), ...env })
const mongo = (host: string, options = ''): string => `mongodb://${USER}:${PASSWORD}@${host}/stepgate${options}`

/** One line that names what the operator has to change, and no stack. */
function explains({ status, stdout, stderr }: Finished, ...named: readonly string[]): void {
  expect(status).toBe(1)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  for (const each of named) expect(stderr).toContain(each)
  expect(stdout).not.toContain('"msg":"listening"')
  for (const secret of [PASSWORD, USER]) expect(stdout + stderr).not.toContain(secret)
}

describe('a start that fails', () => {
  it('names the port that another process uses', async () => {
    explains(await start({ PORT: String(portOf(taken)) }), String(portOf(taken)), 'PORT')
  })

  it.each(['203.0.113.9', 'nonesuch.invalid'])('names a HOST that is not of this machine: %s', async (host) => {
    explains(await start({ HOST: host }), host, 'HOST')
  })

  it('names the data directory when it is a file', async () => {
    explains(await start({ STEPGATE_DATA_DIR: join(folder, 'file') }), join(folder, 'file'), 'STEPGATE_DATA_DIR')
  })

  it('names the data directory when it cannot be made', async () => {
    const below = join(folder, 'file', 'below')
    explains(await start({ STEPGATE_DATA_DIR: below }), below, 'STEPGATE_DATA_DIR')
  })

  const asUser = process.getuid?.() === 0 ? it.skip : it
  asUser('names the data directory when this user must not write it', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed)
    await chmod(closed, 0o500)
    explains(await start({ STEPGATE_DATA_DIR: closed }), closed, 'STEPGATE_DATA_DIR')
  })

  it('says that the disk is full', () => {
    const places = { mongodbUri: null, dataDirectory: folder }
    const full = openSync('/dev/full', 'w')
    const failure = failureOf(() => writeSync(full, 'x'))
    closeSync(full)
    const explained = explainStoreFailure(failure, places)
    expect(explained).toMatchObject({ name: 'SetupFault', problem: expect.stringContaining('full') })
  })

  it('names the key file that contains no keys', async () => {
    const directory = join(folder, 'keys')
    await mkdir(directory)
    await writeFile(join(directory, 'keys.json'), '{"keys":', { mode: 0o600 })
    explains(await start({ STEPGATE_DATA_DIR: directory }), join(directory, 'keys.json'))
  })

  it('names the file of network classes that is missing', async () => {
    const missing = join(folder, 'missing')
    explains(await start({ STEPGATE_NETWORK_CLASSES: missing }), missing, 'STEPGATE_NETWORK_CLASSES')
  })
})

describe('a start without its MongoDB', () => {
  it('names the host whose port is closed', async () => {
    explains(await start({ MONGODB_URI: mongo('127.0.0.1:1') }), '127.0.0.1:1', 'refused', 'MONGODB_URI')
  })

  it('names the replica set that the server is not in', async () => {
    const answer = await start({ MONGODB_URI: mongo(replicaSet.host, '?replicaSet=other') })
    explains(answer, 'other', '`replicaSet`', replicaSet.host)
  })

  it('passes on that the login was refused', async () => {
    const answer = await start({ MONGODB_URI: mongo(replicaSet.host, '?replicaSet=rs0') })
    explains(answer, 'Authentication failed', '`authSource`', replicaSet.host)
  })

  /** The same without a process of its own. */
  async function explained(mongodbUri: string): Promise<string> {
    const store = await openStore({ mongodbUri, dataDirectory: null })
    const error = await store.prepare().then(
      () => null,
      (failure: unknown) => explainStoreFailure(failure, { mongodbUri, dataDirectory: folder }),
    )
    await store.close()
    expect(error).toBeInstanceOf(SetupFault)
    const { message } = error as SetupFault
    expect(message).not.toContain('\n')
    for (const secret of [PASSWORD, USER]) expect(message).not.toContain(secret)
    return message
  }

  it('names the host that is unknown', async () => {
    expect(await explained(mongo('nonesuch.invalid'))).toMatch(/nonesuch\.invalid .*the name/)
  })

  it('names the host that is silent', async () => {
    const host = `127.0.0.1:${portOf(taken)}`
    expect(await explained(mongo(host))).toContain(`${host} does not answer`)
  })

  it('says that the server does not speak TLS', async () => {
    const plain = await serving((socket) => socket.end('no\r\n'))
    expect(await explained(mongo(`127.0.0.1:${portOf(plain)}`, '?tls=true'))).toMatch(/TLS.*`tls`/)
    plain.close()
  })

  it('names the file of a TLS option that is missing', async () => {
    const missing = join(folder, 'missing.pem')
    expect(await explained(mongo('127.0.0.1:1', `?tls=true&tlsCAFile=${missing}`))).toContain(missing)
  })

  it.each([
    '?nonesuch=1',
    '?directConnection=true&replicaSet=a&tls=maybe',
    '?tlsInsecure=true&tlsAllowInvalidHostnames=true',
  ])('says that options are wrong: %s', async (options) => {
    expect(await explained(mongo('127.0.0.1:1', options))).toContain('MONGODB_URI')
  })

  it.each(['a/b', 'a?b=c', 'a@b', 'a%zzb', 'a:b', 'a#b'])('quotes no part of a password with %j in it', async (odd) => {
    const message = await explained(`mongodb://${USER}:${PASSWORD}${odd}${PASSWORD}@127.0.0.1:1/stepgate`)
    expect(message).toContain('MONGODB_URI')
  })
})

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}
