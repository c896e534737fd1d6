import express, { type ErrorRequestHandler, type Express } from 'express'
import { authentications } from './authentications.js'
import { choicePage, codePage, homePage, sorryPage, welcomePage } from './pages.js'
import type { People } from './people.js'
import { StepgateRefusal, type Stepgate } from './stepgate.js'
import { createVisits } from './visits.js'

const MIN_PASSWORD = 12

/** A shop with a login of its own. Its use of the gateway is in authentications.ts. */
export function createShop({ people, stepgate }: { readonly people: People; readonly stepgate: Stepgate }): Express {
  const app = express()
  const visits = createVisits()
  const { begin, ask, answer } = authentications({ people, stepgate, visits })
  // The gateway judges the person's address: behind a proxy only the proxy's word counts.
  app.set('trust proxy', 'loopback')
  app.disable('x-powered-by').use(express.urlencoded({ extended: false, limit: '10kb' }))

  app.get('/', async (req, res) => {
    const { personId, isMfa } = visits.of(req)
    const person = personId === null ? null : people.find(personId)
    if (!person) return void res.send(welcomePage())
    res.send(homePage({ email: person.email, isMfa, factors: await stepgate.factorsOf(person.id) }))
  })

  app.post('/sign-up', async (req, res) => {
    const { email, password } = textsIn(req.body)
    const isFit = email.includes('@') && password.length >= MIN_PASSWORD
    const person = isFit ? await people.add(email, password) : null
    if (!person) return void res.status(400).send(sorryPage('That cannot be: take another address or password.'))
    await begin(req, res, { person, intent: 'SIGN_IN', wish: null })
  })

  app.post('/log-in', async (req, res) => {
    const { email, password } = textsIn(req.body)
    const person = await people.check(email, password)
    if (!person) return void res.status(401).send(sorryPage('The e-mail address or the password is wrong.'))
    // The password is right. From here on the gateway decides what is missing.
    await begin(req, res, { person, intent: 'SIGN_IN', wish: null })
  })

  app.get('/second-factor', (req, res) => {
    const { waiting } = visits.of(req)
    if (!waiting) return res.redirect(303, '/')
    res.send(waiting.asked === null ? choicePage(waiting) : codePage(null))
  })
  app.post('/second-factor/ask', (req, res) => ask(req, res, textsIn(req.body).factorId))
  app.post('/second-factor', (req, res) => {
    const { code, remember } = textsIn(req.body)
    return answer(req, res, { code, rememberDevice: remember === 'yes' })
  })

  app.post('/factors', async (req, res) => {
    const { personId } = visits.of(req)
    const person = personId === null ? null : people.find(personId)
    if (!person) return res.redirect(303, '/')
    const { type, phoneNumber } = textsIn(req.body)
    const wish = type === 'SMS' ? ({ type, phoneNumber } as const) : ({ type: 'TOTP' } as const)
    await begin(req, res, { person, intent: 'ENROLL', wish })
  })

  app.post('/log-out', (req, res) => {
    visits.end(req, res)
    res.redirect(303, '/')
  })

  return app.use(onError)
}

/** Every field of a form as text; empty where it is missing. */
function textsIn(body: unknown) {
  const fields = (body ?? {}) as Readonly<Record<string, unknown>>
  const text = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    email: text('email'),
    password: text('password'),
    code: text('code'),
    remember: text('remember'),
    factorId: text('factorId'),
    type: text('type'),
    phoneNumber: text('phoneNumber'),
  }
}

/** The gateway's refusals are shown as they are; no one is logged in while it is down. */
const onError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof StepgateRefusal) {
    const isOver = error.code === 'UNAUTHENTICATED'
    res.status(isOver ? 401 : 400).send(sorryPage(isOver ? 'This took too long: log in again.' : error.message))
    return
  }
  res.status(503).send(sorryPage('That did not work. Try again later.'))
}
