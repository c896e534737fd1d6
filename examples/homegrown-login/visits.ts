import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FactorKind, Option } from './stepgate.js'

/** A factor that a person wants to add. */
export interface Wish {
  readonly type: FactorKind
  readonly phoneNumber?: string
}

/** A challenge that was begun, or a factor whose code the person has at hand. */
export type Asked = { readonly type: string | null } & (
  { readonly challengeId: string } | { readonly factorId: string; readonly mfaToken: string }
)

/** An unfinished authentication at the gateway. */
export interface Waiting {
  readonly personId: string
  readonly nonce: string
  /** The pending token, or the access token once the sign-in is finished: the gateway identifies the session by it. */
  readonly session: string
  readonly mfaToken: string
  readonly options: readonly Option[]
  /** What is being answered; null until the person has chosen. */
  readonly asked: Asked | null
  /** What to add once the second factor is proved. */
  readonly wish: Wish | null
  /** True while the new factor itself is being proved. */
  readonly isEnrolling: boolean
}

/** What the application stores about a browser, behind its own cookie. */
export interface Visit {
  personId: string | null
  isMfa: boolean
  waiting: Waiting | null
}

export interface Visits {
  of(req: Request): Visit
  /** Moves a visit to a new cookie, which no attacker can have planted before. */
  renew(req: Request, res: Response, visit: Visit): void
  end(req: Request, res: Response): void
}

const SESSION = 'shop-session'
const DEVICE = 'shop-device'

// Add `secure` as soon as the application is served with TLS.
const RULES = { httpOnly: true, sameSite: 'strict', path: '/' } as const

/** Sessions in memory. */
export function createVisits(): Visits {
  const visits = new Map<string, Visit>()
  const idOf = (req: Request) => cookiesOf(req)[SESSION] ?? ''
  return {
    of: (req) => visits.get(idOf(req)) ?? { personId: null, isMfa: false, waiting: null },
    renew: (req, res, visit) => {
      visits.delete(idOf(req))
      const id = randomBytes(32).toString('base64url')
      visits.set(id, visit)
      res.append('set-cookie', stringifySetCookie({ name: SESSION, value: id, ...RULES }))
    },
    end: (req, res) => {
      visits.delete(idOf(req))
      res.append('set-cookie', stringifySetCookie({ name: SESSION, value: '', maxAge: 0, ...RULES }))
    },
  }
}

const cookiesOf = (req: Request) => parseCookie(req.headers.cookie ?? '')

/** The gateway's device token, which spares a remembered browser the prompt. One for each person: see `deviceName`. */
export const deviceTokenOf = (req: Request, personId: string): string | undefined =>
  cookiesOf(req)[deviceName(personId)]

export function keepDeviceToken(res: Response, personId: string, token: string | null): void {
  const maxAge = token === null ? 0 : 30 * 86_400
  res.append('set-cookie', stringifySetCookie({ name: deviceName(personId), value: token ?? '', maxAge, ...RULES }))
}

const deviceName = (personId: string): string => `${DEVICE}-${personId}`
