import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { codePage, enrollPage, recoveryPage, sorryPage } from './pages.js'
import type { People, Person } from './people.js'
import type { DeviceFacts, Intent, Stepgate, Verified } from './stepgate.js'
import { deviceTokenOf, keepDeviceToken, type Visits, type Waiting, type Wish } from './visits.js'

export interface AuthenticationDeps {
  readonly people: People
  readonly stepgate: Stepgate
  readonly visits: Visits
}

/** Factors whose code the person has already. */
const AT_HAND: readonly string[] = ['TOTP', 'RECOVERY_CODE']

interface Beginning {
  readonly person: Person
  readonly intent: Intent
  /** A factor to add after the authentication. */
  readonly wish: Wish | null
}

type Passed = Extract<Verified, { __typename: 'ChallengePassed' }>

/** Everything between the right password and being logged in, and adding more factors. */
export function authentications({ people, stepgate, visits }: AuthenticationDeps) {
  /** Asks the gateway what must follow the password, and does it. */
  async function begin(req: Request, res: Response, { person, intent, wish }: Beginning): Promise<void> {
    const nonce = randomBytes(16).toString('base64url')
    const { id: subject, email } = person
    const begun = await stepgate.begin({ subject, email, intent, nonce, device: deviceOf(req, person.id) })
    if (begun.dropDeviceToken) keepDeviceToken(res, person.id, null)
    if (begun.verdict === 'BLOCK') return void res.status(403).send(sorryPage('Not from here. Ask our staff.'))
    if (begun.verdict === 'ALLOW') {
      const { isMfa } = await stepgate.checkProof(begun.proof ?? '', { subject, nonce })
      if (begun.deviceToken) keepDeviceToken(res, person.id, begun.deviceToken)
      return logIn(req, res, person.id, isMfa)
    }
    const waiting: Waiting = {
      personId: person.id,
      nonce,
      session: begun.pendingToken ?? '',
      mfaToken: begun.stepUp?.mfaToken ?? '',
      options: begun.stepUp?.challenge ?? [],
      asked: null,
      wish: wish ?? (begun.verdict === 'ENROLL' ? { type: 'TOTP' } : null),
      isEnrolling: false,
    }
    if (begun.verdict === 'ENROLL') return enroll(req, res, waiting)
    wait(req, res, waiting)
    res.redirect(303, '/second-factor')
  }

  /** Has the gateway challenge the chosen factor, where something is sent. A code at hand needs no call of its own. */
  async function ask(req: Request, res: Response, factorId: string): Promise<void> {
    const { waiting } = visits.of(req)
    const option = waiting?.options.find((each) => each.factorId === factorId)
    if (!waiting || !option) return res.redirect(303, '/')
    const named = { factorId, mfaToken: waiting.mfaToken }
    const answers = AT_HAND.includes(option.type)
      ? named
      : { challengeId: await stepgate.challenge(waiting.session, named) }
    wait(req, res, { ...waiting, asked: { ...answers, type: option.type } })
    res.send(codePage(null))
  }

  async function answer(
    req: Request,
    res: Response,
    { code, rememberDevice }: { readonly code: string; readonly rememberDevice: boolean },
  ): Promise<void> {
    const { waiting } = visits.of(req)
    if (!waiting?.asked) return res.redirect(303, '/')
    const { personId, nonce } = waiting
    const { type, ...answers } = waiting.asked
    const given = type === 'RECOVERY_CODE' ? { recoveryCode: code } : { code }
    const verified = await stepgate.verify(waiting.session, { ...answers, ...given, rememberDevice })
    if (verified.__typename === 'ChallengeFailed') {
      res.status(401).send(codePage(`That was not right. ${verified.attemptsLeft ?? 0} attempts are left.`))
      return
    }
    // Only this logs a person in: it is not enough that the answer came from the gateway, it must be for this login.
    const { isMfa } = await stepgate.checkProof(verified.proof, { subject: personId, nonce })
    if (verified.deviceToken) keepDeviceToken(res, personId, verified.deviceToken)
    if (waiting.wish && !waiting.isEnrolling) return addWished(req, res, waiting, verified)
    logIn(req, res, personId, isMfa, verified.recoveryCodes)
  }

  const addWished = (req: Request, res: Response, waiting: Waiting, { tokens }: Passed): Promise<void> =>
    enroll(req, res, { ...waiting, session: tokens.accessToken })

  /** Begins the chosen factor, and shows what its owner needs to prove it. */
  async function enroll(req: Request, res: Response, waiting: Waiting): Promise<void> {
    const enrolled = await stepgate.enroll(waiting.session, waiting.wish ?? { type: 'TOTP' })
    wait(req, res, { ...waiting, asked: { challengeId: enrolled.challenge.id, type: null }, isEnrolling: true })
    res.send(enrollPage(enrolled))
  }

  /** A person who adds a factor stays logged in meanwhile; a person who logs in is not logged in yet. */
  function wait(req: Request, res: Response, waiting: Waiting): void {
    const { personId, isMfa } = visits.of(req)
    const isSame = personId === waiting.personId
    visits.renew(req, res, { personId: isSame ? personId : null, isMfa: isSame && isMfa, waiting })
  }

  function logIn(
    req: Request,
    res: Response,
    personId: string,
    isMfa: boolean,
    recoveryCodes: readonly string[] | null = null,
  ): void {
    if (!people.find(personId)) return res.redirect(303, '/')
    visits.renew(req, res, { personId, isMfa, waiting: null })
    if (recoveryCodes) res.send(recoveryPage(recoveryCodes))
    else res.redirect(303, '/')
  }

  return { begin, ask, answer }
}

/** The browser's own words, passed on unchanged: the gateway judges the risk by them. */
function deviceOf(req: Request, personId: string): DeviceFacts {
  const token = deviceTokenOf(req, personId)
  const header = (name: string): string => String(req.headers[name] ?? '')
  return {
    ip: req.ip ?? '',
    userAgent: header('user-agent').slice(0, 512),
    acceptLanguage: header('accept-language').slice(0, 200),
    clientHints: {
      brands: header('sec-ch-ua').slice(0, 200),
      mobile: header('sec-ch-ua-mobile').slice(0, 200),
      platform: header('sec-ch-ua-platform').slice(0, 200),
    },
    ...(token === undefined ? {} : { token }),
  }
}
