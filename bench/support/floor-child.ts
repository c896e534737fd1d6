import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Request } from 'express'
import { generateSync } from 'otplib'
import { createPasswordHasher } from '../../src/accounts/index.js'
import { readConfig } from '../../src/config/index.js'
import { systemClock } from '../../src/kernel/clock.js'
import { createTurns } from '../../src/limits/index.js'
import type { StoreKind } from '../../test/support/gateway.js'
import { answerParent } from './answer-parent.js'
import { embeddedFloor, mongooseFloor } from './floor-store.js'
import { passwordTime } from './password-time.js'

// The least that signs a person in with a password and a code: no risk, no devices, no audit log, no limits, no
// policy, no GraphQL, and a code that may be used twice. The password hash costs what the gateway's does.
const kind = process.argv[2] as StoreKind
const epoch = Number(process.argv[3])
const counting = process.argv[4] === 'counting'
const directory = await mkdtemp(join(tmpdir(), 'stepgate-floor-'))
const store =
  kind === 'mongodb' ? await mongooseFloor(process.env['MONGODB_URI'] ?? '', counting) : await embeddedFloor(directory)
const config = readConfig({})
const passwords = await createPasswordHasher(config.passwords.argon2)
// All are known and wait as long as on the gateway, so as many passwords are hashed at the same time as on the gateway.
const turns = createTurns(
  { clock: systemClock, isKnownNetwork: () => true, onFull: () => Promise.resolve() },
  { ...config.passwordTurns, keptForKnown: 0, waitSeconds: 60 },
)
const origin = { address: '', userAgent: '', clientHints: { brands: '', mobile: '', platform: '' }, language: '' }
const context = { requestId: '', origin, operation: null, sessionId: null, deviceId: null }
const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  turns.take({ device: 'any', account: null, purpose: 'check', used: 0, context }, work)

const app = express()
app.use(express.json())
app.post('/sign-up', async (req: Request<unknown, unknown, SignUpBody>, res) => {
  const { email, password, totpSecret } = req.body
  await store.addUser({
    _id: randomUUID(),
    email,
    passwordHash: await inTurn(() => passwords.hash(password)),
    totpSecret,
  })
  res.json({})
})
app.post('/sign-in', async (req: Request<unknown, unknown, SignInBody>, res) => {
  const { email, password } = req.body
  const user = await store.findUser(email)
  const matches = await inTurn(() => passwords.verify(password, user?.passwordHash ?? null))
  if (!user || !matches) return void res.status(401).json({})
  const token = randomBytes(32).toString('base64url')
  const code = generateSync({ secret: user.totpSecret, epoch })
  await store.addSession({ _id: digest(token), userId: user._id, state: 'pending', code, createdAt: new Date() })
  res.cookie('session', token, { httpOnly: true, sameSite: 'lax' }).json({ state: 'pending' })
})
app.post('/session', async (req, res) => {
  const session = await store.findSession(sessionIdOf(req))
  res.status(session ? 200 : 401).json({ state: session?.state })
})
app.post('/sessions', async (req, res) => {
  res.json({ count: await store.countSessions(sessionIdOf(req)) })
})
app.post('/sign-out', async (req, res) => {
  await store.endSession(sessionIdOf(req))
  res.clearCookie('session').json({})
})
app.post('/verify', async (req: Request<unknown, unknown, VerifyBody>, res) => {
  const session = await store.passSession(sessionIdOf(req), req.body.code)
  res.status(session ? 200 : 401).json({ state: session?.state })
})

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  answerParent(
    `http://127.0.0.1:${port}`,
    { 'round-trips': () => store.roundTrips(), password: (checks) => passwordTime(passwords, checks) },
    async () => {
      server.closeAllConnections()
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  )
})
// As long as the gateway keeps a connection: with Node's five seconds people would find theirs closed.
server.keepAliveTimeout = 65_000

interface SignInBody {
  readonly email: string
  readonly password: string
}

interface SignUpBody extends SignInBody {
  readonly totpSecret: string
}

interface VerifyBody {
  readonly code: string
}

const sessionIdOf = (req: Pick<Request, 'headers'>): string =>
  digest(/session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? '')

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
