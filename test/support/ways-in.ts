import {
  MeDocument,
  SelectOrganizationDocument,
  SignInDocument,
  UpdateProfileDocument,
  type OrganizationMfaPolicyInput,
  type OrganizationRole,
  type SessionTransport,
  type SignInMutation,
} from '../../schema/generated/graphql.js'
import { bearer } from './answers.js'
import { refresh } from './app.js'
import { codeOf, dataOf, type Answer, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { askForLink, askForReset, followLink, resetWith } from './links.js'
import { OPTIONAL, REQUIRED } from './organizations.js'
import { PASSWORD } from './person.js'

/* Every way to sign in, and what it must lead to: one table for all of them (R062). */

type SignInResult = SignInMutation['signIn']

/** What one factor led to. */
export interface Arrival {
  readonly __typename: SignInResult['__typename']
  /** The factors that may be challenged or, if there are none, must be enrolled; in alphabetical order. */
  readonly factors: readonly string[]
  /** Every credential handed out, which could be presented again. */
  readonly handedOut: readonly string[]
}
export type WayIn = (gateway: TestGateway, email: string, transport: SessionTransport) => Promise<Arrival>

/** The answer of a sign-in, and every cookie and token that came with it. */
export function arrivalOf(result: SignInResult, answer: Answer<unknown>): Arrival {
  const cookies = answer.headers.getSetCookie().map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';')))
  const { __typename } = result
  if (!('stepUp' in result)) return { __typename, factors: [], handedOut: cookies }
  const { stepUp, pendingToken } = result
  const factors = factorsOf(__typename, stepUp)
  return { __typename, factors, handedOut: [...cookies, stepUp.mfaToken, pendingToken ?? ''].filter(Boolean) }
}

/** The kinds that satisfy it. */
export function factorsOf(
  __typename: Arrival['__typename'],
  {
    challenge,
    enroll,
  }: { readonly challenge: readonly { readonly type: string }[]; readonly enroll: readonly string[] },
): readonly string[] {
  return (__typename === 'MfaRequired' ? challenge.map(({ type }) => type) : [...enroll]).sort()
}

/** Every first factor that finds an account here. The password reset comes last, because it ends the old password. */
export const WAYS: Readonly<Record<string, WayIn>> = {
  'a password': async (gateway, email, transport) => {
    const input = { email, password: PASSWORD, transport }
    const answer = await gateway.client().send(SignInDocument, { input })
    return arrivalOf(dataOf(answer).signIn, answer)
  },
  'a link in a mail': async (gateway, email, transport) => {
    const client = gateway.client()
    const { token, requestToken } = await askForLink(gateway, email, client, { transport })
    const answer = await followLink(client, token, { transport, requestToken })
    return arrivalOf(dataOf(answer).signInWithMagicLink, answer)
  },
  'a choice of organizations': async (gateway, email, transport) => {
    const client = gateway.client()
    const input = { email, password: PASSWORD, transport, discover: true }
    const { signIn: waiting } = dataOf(await client.send(SignInDocument, { input }))
    if (waiting.__typename !== 'OrganizationRequired') throw new Error('there is nothing to choose')
    const chooser = waiting.pendingToken ? bearer(gateway, waiting.pendingToken) : client
    const organizationId = waiting.organizations.find(({ relation }) => relation === 'MEMBER')?.id
    const answer = await chooser.send(SelectOrganizationDocument, { input: organizationId ? { organizationId } : {} })
    return arrivalOf(dataOf(answer).selectOrganization, answer)
  },
  'a new password': async (gateway, email, transport) => {
    const token = await askForReset(gateway, email)
    const answer = await resetWith(gateway.client(), token, `${PASSWORD} by ${transport}`, { transport })
    return arrivalOf(dataOf(answer).resetPassword, answer)
  },
}

export interface Situation {
  /** The organization's policy; null: the person is in none. */
  readonly policy: OrganizationMfaPolicyInput | null
  readonly has: 'nothing' | 'TOTP'
  readonly optsIn?: boolean
  readonly expected: Arrival['__typename']
  readonly factors: readonly string[]
  /** What a session that was already open is told, also after a refresh; null: it continues. */
  readonly live: string | null
}

export const PASSKEYS_ONLY: OrganizationMfaPolicyInput = { ...REQUIRED, methods: ['WEBAUTHN'] }
export const resistantFor = (role: OrganizationRole): OrganizationMfaPolicyInput => ({
  ...OPTIONAL,
  roles: [{ role, assurance: 'PHISHING_RESISTANT' }],
})

const asked = { has: 'TOTP', expected: 'MfaRequired', factors: ['RECOVERY_CODE', 'TOTP'], live: null } as const
const shut = 'MFA_ENROLLMENT_REQUIRED'
const toEnrol = { has: 'nothing', expected: 'MfaEnrollmentRequired', live: shut } as const
/** Their factors do not count in the organization: they finish the sign-in, and open nothing of the organization's. */
const shutOut = { ...asked, live: shut } as const
const open = { has: 'nothing', expected: 'SignedIn', factors: [], live: null } as const

/** The requirements of a person in that role, where TOTP and passkeys are in use. */
export const situationsOf = (role: OrganizationRole): Readonly<Record<string, Situation>> => ({
  'nothing is required': { policy: null, ...open },
  'nothing is required, and there is a factor': { policy: null, ...asked },
  'members may choose': { policy: OPTIONAL, ...open },
  'the member chose it': { policy: OPTIONAL, optsIn: true, ...asked },
  'every member needs a factor': { policy: REQUIRED, ...asked },
  'every member needs a factor, and there is none': { policy: REQUIRED, ...toEnrol, factors: ['TOTP', 'WEBAUTHN'] },
  'only passkeys count': { policy: PASSKEYS_ONLY, ...toEnrol, factors: ['WEBAUTHN'] },
  'only passkeys count, and there is an app': { policy: PASSKEYS_ONLY, ...shutOut },
  'the role requires passkeys': { policy: resistantFor(role), ...toEnrol, factors: ['WEBAUTHN'] },
  'the role requires passkeys, and there is an app': { policy: resistantFor(role), ...shutOut },
})

const OPENS_NOTHING = ['MFA_REQUIRED', 'ORGANIZATION_REQUIRED', shut, 'UNAUTHENTICATED']

/** What the credentials from before the second factor opened, in any way of presenting them. */
export async function openedBy(gateway: TestGateway, { handedOut }: Arrival): Promise<readonly string[]> {
  const opened: string[] = []
  for (const token of handedOut) {
    for (const client of [bearer(gateway, token), withCookie(gateway, token)]) {
      for (const document of [MeDocument, UpdateProfileDocument]) {
        const { status, data, errors } = await client.send(document.toString(), { input: {} })
        const isShut = status >= 400 && data === null && OPENS_NOTHING.includes(errors[0]?.extensions.code ?? '')
        if (!isShut) opened.push(document.toString())
      }
    }
    if (codeOf(await refresh(gateway, token)) !== 'UNAUTHENTICATED') opened.push('refresh')
  }
  return opened
}

function withCookie(gateway: TestGateway, token: string): Client {
  const client = gateway.client()
  client.cookies.set('stepgate-session', token)
  return client
}
