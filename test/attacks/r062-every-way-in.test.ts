import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType } from 'graphql'
import {
  MeDocument,
  SelectOrganizationDocument,
  SetMfaOptInDocument,
  SetOrganizationMfaPolicyDocument,
  SignInDocument,
  SignInWithExternalTokenDocument,
  UpdateProfileDocument,
  type OrganizationMfaPolicyInput,
  type SessionTransport,
  type SignInPartsFragment,
} from '../../src/client/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withRsa, type Issuer } from '../support/issuer.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { bringIn, OPTIONAL, REQUIRED, tenant } from '../support/organizations.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV, passkeyOptions, presentPasskey, withPasskey } from '../support/passkeys.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp } from '../support/person.js'
import { enrolled, newBackend, newOperator } from '../support/services.js'
import { softPasskey } from '../support/soft-passkey.js'

/** What one factor led to. */
interface Arrival {
  readonly result: SignInPartsFragment
  readonly answer: Answer<unknown>
}
type WayIn = (gateway: TestGateway, email: string, transport: SessionTransport) => Promise<Arrival>

/** Every way to give one factor. Setting a new password comes last: it ends the old one. */
const WAYS: Readonly<Record<string, WayIn>> = {
  'a password': async (gateway, email, transport) => {
    const input = { email, password: PASSWORD, transport }
    const answer = await gateway.client().send(SignInDocument, { input })
    return { result: dataOf(answer).signIn, answer }
  },
  'a link in a mail': async (gateway, email, transport) => {
    const client = gateway.client()
    const { token, requestToken } = await askForLink(gateway, email, client, { transport })
    const answer = await followLink(client, token, { transport, requestToken })
    return { result: dataOf(answer).signInWithMagicLink, answer }
  },
  'a choice of organizations': async (gateway, email, transport) => {
    const client = gateway.client()
    const input = { email, password: PASSWORD, transport, discover: true }
    const { signIn: waiting } = dataOf(await client.send(SignInDocument, { input }))
    if (waiting.__typename !== 'OrganizationRequired') throw new Error('there is nothing to choose')
    const chooser = waiting.pendingToken ? bearer(gateway, waiting.pendingToken) : client
    const answer = await chooser.send(SelectOrganizationDocument, { input: {} })
    return { result: dataOf(answer).selectOrganization, answer }
  },
  'a new password': async (gateway, email, transport) => {
    const token = await askForReset(gateway, email)
    const answer = await resetWith(gateway.client(), token, `${PASSWORD} by ${transport}`, { transport })
    return { result: dataOf(answer).resetPassword, answer }
  },
}

interface Situation {
  /** What the organization asks; null: the person is in none. */
  readonly policy: OrganizationMfaPolicyInput | null
  readonly has: 'nothing' | 'TOTP'
  readonly optsIn?: boolean
  readonly expected: SignInPartsFragment['__typename']
  /** What may be asked, or has to be enrolled. */
  readonly factors: readonly string[]
  /** What a session that was open before is told, also after a refresh; null: it goes on. */
  readonly live: string | null
}

const MEMBERS_RESIST: OrganizationMfaPolicyInput = {
  ...OPTIONAL,
  roles: [{ role: 'MEMBER', assurance: 'PHISHING_RESISTANT' }],
}
const PASSKEYS_ONLY: OrganizationMfaPolicyInput = { ...REQUIRED, methods: ['WEBAUTHN'] }
const asked = { expected: 'MfaRequired', factors: ['RECOVERY_CODE', 'TOTP'], live: null } as const
const toEnrol = { expected: 'MfaEnrollmentRequired', live: 'MFA_ENROLLMENT_REQUIRED' } as const
const ANY = ['TOTP', 'WEBAUTHN']

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'nobody asks': { policy: null, has: 'nothing', expected: 'SignedIn', factors: [], live: null },
  'nobody asks, and there is a factor': { policy: null, has: 'TOTP', ...asked },
  'members may choose': { policy: OPTIONAL, has: 'nothing', expected: 'SignedIn', factors: [], live: null },
  'the member chose it': { policy: OPTIONAL, has: 'TOTP', optsIn: true, ...asked },
  'everybody is asked': { policy: REQUIRED, has: 'TOTP', ...asked },
  'everybody is asked, and there is no factor': { policy: REQUIRED, has: 'nothing', ...toEnrol, factors: ANY },
  'only passkeys count': { policy: PASSKEYS_ONLY, has: 'nothing', ...toEnrol, factors: ['WEBAUTHN'] },
  'the role asks for passkeys': { policy: MEMBERS_RESIST, has: 'nothing', ...toEnrol, factors: ['WEBAUTHN'] },
}

/** Everything an answer handed out that could be shown again. */
function handedOut({ result, answer }: Arrival): readonly string[] {
  const cookies = answer.headers.getSetCookie().map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';')))
  const tokens = 'stepUp' in result ? [result.stepUp.mfaToken, result.pendingToken ?? ''] : []
  return [...cookies, ...tokens].filter((each) => each !== '')
}

const OPENS_NOTHING = ['MFA_REQUIRED', 'MFA_ENROLLMENT_REQUIRED', 'UNAUTHENTICATED']

describe.each(STORES)('R062 every way in asks the same, on the %s store', (store) => {
  let issuer: Issuer
  let gateway: TestGateway

  const start = (more: Record<string, string> = {}) =>
    startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256'] }], {
      ...PASSKEY_ENV,
      STEPGATE_FACTORS: 'TOTP,WEBAUTHN',
      ...more,
    })

  beforeAll(async () => {
    issuer = await startIssuer()
    gateway = await start()
  })
  afterAll(async () => {
    await gateway.close()
    await issuer.close()
  })

  const asCookie = (token: string): Client => {
    const client = gateway.client()
    client.cookies.set('stepgate-session', token)
    return client
  }
  async function expectNothingOpened(arrival: Arrival): Promise<void> {
    for (const token of handedOut(arrival)) {
      for (const client of [bearer(gateway, token), asCookie(token)]) {
        for (const document of [MeDocument, UpdateProfileDocument]) {
          const refused = await client.send(document.toString(), { input: {} })
          expect([refused.status >= 400, refused.data]).toEqual([true, null])
          expect(OPENS_NOTHING).toContain(codeOf(refused))
        }
      }
      expect(codeOf(await refresh(gateway, token))).toBe('UNAUTHENTICATED')
    }
  }

  describe.each(Object.entries(SITUATIONS))('where %s', (_, { policy, has, optsIn, expected, factors, live }) => {
    let email: string
    let browser: Client
    let tokens: { readonly accessToken: string; readonly refreshToken: string }

    beforeAll(async () => {
      email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      browser = client
      tokens = await signInApp(gateway, email)
      const acme = policy && (await tenant(gateway))
      if (acme) await bringIn(gateway, acme, { email, client })
      if (has === 'TOTP') {
        const { authenticator } = await enrollTotp(gateway, client)
        tokens = await signInAppWithFactor(gateway, { email, client, authenticator, recoveryCodes: [] })
        if (optsIn && acme) {
          await stepUp(gateway, client, authenticator)
          dataOf(await client.send(SetMfaOptInDocument, { input: { organizationId: acme.id, optIn: true } }))
        }
      }
      if (!acme) return
      // Whoever asks for passkeys has to have one.
      await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
      dataOf(await acme.admin.client.send(SetOrganizationMfaPolicyDocument, { input: policy }))
    })

    it('a session that was open before is told the same', async () => {
      const { accessToken } = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
      for (const each of [browser, bearer(gateway, tokens.accessToken), bearer(gateway, accessToken)]) {
        expect(codeOf(await each.send(MeDocument))).toBe(live)
      }
    })

    const cells = Object.keys(WAYS).flatMap((way) => [[way, 'COOKIE'] as const, [way, 'BEARER'] as const])
    it.each(cells)('%s leads no further (%s)', async (way, transport) => {
      const arrival = await WAYS[way]!(gateway, email, transport)
      expect(arrival.result.__typename).toBe(expected)
      if (!('stepUp' in arrival.result)) return
      const { challenge, enroll } = arrival.result.stepUp
      expect((expected === 'MfaRequired' ? challenge.map(({ type }) => type) : [...enroll]).sort()).toEqual(factors)
      await expectNothingOpened(arrival)
    })
  })

  describe('a passkey is both factors', () => {
    const passkeyWith = async (policy: OrganizationMfaPolicyInput | null) => {
      const { email, client, passkey } = await withPasskey(gateway)
      if (policy) {
        const acme = await tenant(gateway)
        await bringIn(gateway, acme, { email, client })
        await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
        dataOf(await acme.admin.client.send(SetOrganizationMfaPolicyDocument, { input: policy }))
      }
      const arriving = gateway.client()
      const shown = passkey.get(await passkeyOptions(arriving))
      return { client: arriving, answer: await presentPasskey(arriving, shown) }
    }

    it.each([
      ['nobody asks', null],
      ['everybody is asked', REQUIRED],
      ['only passkeys count', PASSKEYS_ONLY],
      ['the role asks for passkeys', MEMBERS_RESIST],
    ] as const)('where %s', async (_, policy) => {
      const { client, answer } = await passkeyWith(policy)
      expect(dataOf(answer).signInWithPasskey).toMatchObject({
        __typename: 'SignedIn',
        session: { assurance: 'PHISHING_RESISTANT' },
      })
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('but where they do not count', async () => {
      const { client, answer } = await passkeyWith({ ...REQUIRED, methods: ['TOTP'] })
      expect(codeOf(answer)).toBe('UNAUTHENTICATED')
      expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    })
  })

  describe.each([
    ['leaves it to them', 'OPTIONAL', 'SignedIn', 'ALLOW'],
    ['asks everybody', 'REQUIRED', 'MfaEnrollmentRequired', 'ENROLL'],
  ] as const)('of an installation that %s', (_, installed, expected, verdict) => {
    let here: TestGateway
    let people = 0

    beforeAll(async () => {
      here = await start({ STEPGATE_MFA_POLICY: installed })
    })
    afterAll(() => here.close())

    it.each(['a password', 'a link in a mail', 'a new password'])('%s', async (way) => {
      const email = await registered(here)
      for (const transport of ['COOKIE', 'BEARER'] as const) {
        expect((await WAYS[way]!(here, email, transport)).result.__typename).toBe(expected)
      }
    })

    it('a token of a login that is trusted, with and without a factor', async () => {
      const sub = `person-${(people += 1)}`
      const arrive = async (client: Client) => {
        const now = Math.floor(here.clock.now().getTime() / 1000)
        const claims = { iss: issuer.url, aud: AUDIENCE, sub, email: `${sub}@people.example`, amr: ['pwd'] }
        const times = { iat: now, exp: now + 300, jti: `${installed}-${(people += 1)}` }
        const token = signed(
          { alg: 'RS256', typ: 'JWT', kid: 'rsa' },
          { ...claims, ...times },
          withRsa(issuer.rsa.privateKey),
        )
        return dataOf(await client.send(SignInWithExternalTokenDocument, { input: { token } })).signInWithExternalToken
      }
      const client = here.client()
      expect((await arrive(client)).__typename).toBe(expected)
      await enrollTotp(here, client)
      expect((await arrive(here.client())).__typename).toBe('MfaRequired')
    })

    it('what a backend has checked, with and without a factor', async () => {
      const backend = await newBackend(here, await newOperator(here))
      expect((await backend.begin('somebody')).verdict).toBe(verdict)
      await enrolled(here, backend, 'another')
      expect((await backend.begin('another')).verdict).toBe('CHALLENGE')
    })
  })

  it('are all there are', () => {
    const known = ['resetPassword', 'selectOrganization', 'signIn', 'signInWithExternalToken', 'signInWithMagicLink']
    const fields = Object.values(
      buildSchema(readFileSync('schema/stepgate.graphql', 'utf8')).getMutationType()!.getFields(),
    )
    const ways = fields.filter(({ type }) => getNamedType(type).name === 'SignInResult').map(({ name }) => name)
    expect(ways.sort()).toEqual([...known, 'signInWithPasskey'])
  })
})
