import {
  CreateOrganizationDocument,
  MeDocument,
  ReadOrganizationDocument,
  RemoveFactorDocument,
  SetMfaOptInDocument,
  SetOrganizationMfaPolicyDocument,
  SignInWithExternalTokenDocument,
  type SessionTransport,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withRsa, type Issuer } from '../support/issuer.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from '../support/passkeys.js'
import { enrollApp, newBackend, newOperator, type Backend } from '../support/services.js'
import { softPasskey } from '../support/soft-passkey.js'
import { arrivalOf, factorsOf, openedBy, situationsOf, type Arrival, type Situation } from '../support/ways-in.js'

/** A person with an external login. They create their own organization, because none invites them. */
interface Vouched {
  arrive(transport: SessionTransport): Promise<Arrival>
  /** A session of a new person without requirements. */
  begin(): Promise<Client>
}

const WAYS = ['a token of a login that is trusted', 'what a backend has checked'] as const
const VERDICTS = { ALLOW: 'SignedIn', CHALLENGE: 'MfaRequired', ENROLL: 'MfaEnrollmentRequired' } as const
const GRACE_SECONDS = 60
let people = 0

describe.each(STORES)('R062 every external login has the same requirements, on the %s store', (store) => {
  let issuer: Issuer

  beforeAll(async () => {
    issuer = await startIssuer()
  })
  afterAll(() => issuer.close())

  const start = (more: Record<string, string> = {}) =>
    startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256'] }], {
      ...PASSKEY_ENV,
      STEPGATE_FACTORS: 'TOTP,WEBAUTHN',
      ...more,
    })

  /** By an issuer's token, which works once. */
  function byIssuer(gateway: TestGateway): Vouched {
    const sub = `person-${(people += 1)}`
    const send = async (client: Client, transport: SessionTransport) => {
      const iat = Math.floor(gateway.clock.now().getTime() / 1000)
      const claims = { iss: issuer.url, aud: AUDIENCE, sub, email: `${sub}@people.example`, amr: ['pwd', 'mfa'] }
      const token = signed(
        { alg: 'RS256', typ: 'JWT', kid: 'rsa' },
        { ...claims, iat, exp: iat + 300, jti: `jti-${(people += 1)}` },
        withRsa(issuer.rsa.privateKey),
      )
      return client.send(SignInWithExternalTokenDocument, { input: { token, transport } })
    }
    return {
      arrive: async (transport) => {
        const answer = await send(gateway.client(), transport)
        return arrivalOf(dataOf(answer).signInWithExternalToken, answer)
      },
      begin: async () => {
        const client = gateway.client()
        expect(dataOf(await send(client, 'COOKIE')).signInWithExternalToken.__typename).toBe('SignedIn')
        return client
      },
    }
  }

  /** By a backend with a key, whose sessions are always bearer sessions. */
  function byBackend(gateway: TestGateway, backend: Backend): Vouched {
    const subject = `subject-${(people += 1)}`
    return {
      arrive: async () => {
        const { verdict, stepUp, pendingToken, tokens, proof } = await backend.begin(subject)
        if (verdict === 'BLOCK') throw new Error('blocked')
        const __typename = VERDICTS[verdict]
        if (!stepUp) return { __typename, factors: [], handedOut: [] }
        expect([tokens, proof]).toEqual([null, null])
        // The backend's key does not open what the person has not proved either.
        expect(codeOf(await backend.actingFor(pendingToken).send(MeDocument))).toMatch(/^MFA_(ENROLLMENT_)?REQUIRED$/)
        const handedOut = [stepUp.mfaToken, pendingToken ?? '']
        return { __typename, factors: factorsOf(__typename, stepUp), handedOut }
      },
      begin: async () => bearer(gateway, (await backend.begin(subject)).tokens?.accessToken ?? ''),
    }
  }

  /** A passed challenge continues with new tokens, where there are any. */
  const after = (gateway: TestGateway, client: Client, passed: { readonly tokens?: Tokens | null }) =>
    passed.tokens ? bearer(gateway, passed.tokens.accessToken) : client

  /** Brings a person into the situation, and returns a session that was open all along. */
  async function settle(gateway: TestGateway, person: Vouched, situation: Situation): Promise<Client> {
    let client = await person.begin()
    const { policy, has, optsIn } = situation
    if (has === 'nothing' && !policy) return client
    const { authenticator, passed } = await enrollApp(gateway, client)
    client = after(gateway, client, passed)
    if (!policy) return client
    const made = dataOf(await client.send(CreateOrganizationDocument, { input: { name: 'Own' } })).createOrganization
    // An administrator who demands passkeys must have one.
    const passkey = await enrollPasskey(client, softPasskey({ origin: ORIGIN }))
    client = after(gateway, client, passkey.passed)
    const until = new Date(gateway.clock.now().getTime() + GRACE_SECONDS * 1000).toISOString()
    const input = { ...policy, enrollmentGraceUntil: until }
    dataOf(await client.send(SetOrganizationMfaPolicyDocument, { input }))
    if (optsIn) dataOf(await client.send(SetMfaOptInDocument, { input: { organizationId: made.id, optIn: true } }))
    if (has === 'nothing') await remove(client, authenticator.factorId)
    await remove(client, passkey.factorId)
    gateway.clock.advance(GRACE_SECONDS + 1)
    return client
  }
  const remove = async (client: Client, factorId: string) =>
    dataOf(await client.send(RemoveFactorDocument, { factorId }))

  describe('where the installation does not require a second factor', () => {
    let gateway: TestGateway
    let backend: Backend

    beforeAll(async () => {
      gateway = await start()
      backend = await newBackend(gateway, await newOperator(gateway))
    })
    afterAll(() => gateway.close())

    describe.each(Object.entries(situationsOf('ADMIN')))('and %s', (_, situation) => {
      it.each(WAYS)('%s leads no further', async (way) => {
        const person = way === WAYS[0] ? byIssuer(gateway) : byBackend(gateway, backend)
        const live = await settle(gateway, person, situation)
        expect(codeOf(await live.send(situation.policy ? ReadOrganizationDocument : MeDocument))).toBe(situation.live)
        const { expected: __typename, factors } = situation
        for (const transport of ['COOKIE', 'BEARER'] as const) {
          const arrival = await person.arrive(transport)
          expect(arrival).toMatchObject({ __typename, factors })
          if (__typename !== 'SignedIn') expect(await openedBy(gateway, arrival)).toEqual([])
        }
      })
    })
  })

  describe('where the installation requires a second factor', () => {
    let gateway: TestGateway
    let backend: Backend

    beforeAll(async () => {
      gateway = await start({ STEPGATE_MFA_POLICY: 'REQUIRED' })
      backend = await newBackend(gateway, await newOperator(gateway))
    })
    afterAll(() => gateway.close())

    it.each(WAYS)('%s leads no further', async (way) => {
      const person = way === WAYS[0] ? byIssuer(gateway) : byBackend(gateway, backend)
      const first = await person.arrive('BEARER')
      expect(first).toMatchObject({ __typename: 'MfaEnrollmentRequired', factors: ['TOTP', 'WEBAUTHN'] })
      expect(await openedBy(gateway, first)).toEqual([])
      await enrollApp(gateway, bearer(gateway, first.handedOut.at(-1) ?? ''))
      for (const transport of ['COOKIE', 'BEARER'] as const) {
        const again = await person.arrive(transport)
        expect(again).toMatchObject({ __typename: 'MfaRequired', factors: ['RECOVERY_CODE', 'TOTP'] })
        expect(await openedBy(gateway, again)).toEqual([])
      }
    })
  })
})

interface Tokens {
  readonly accessToken: string
}
