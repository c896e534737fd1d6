import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType } from 'graphql'
import {
  MeDocument,
  ReadOrganizationDocument,
  SelectOrganizationDocument,
  SetMfaOptInDocument,
  SetOrganizationMfaPolicyDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { refresh, signInApp, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, REQUIRED, tenant } from '../support/organizations.js'
import {
  enrollPasskey,
  ORIGIN,
  PASSKEY_ENV,
  passkeyOptions,
  presentPasskey,
  triedPasskey,
  withPasskey,
} from '../support/passkeys.js'
import { enrollTotp, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'
import { openedBy, PASSKEYS_ONLY, resistantFor, situationsOf, WAYS } from '../support/ways-in.js'

const cells = Object.keys(WAYS).flatMap((way) => [[way, 'COOKIE'] as const, [way, 'BEARER'] as const])

describe.each(STORES)('R062 every way to sign in has the same requirements, on the %s store', (store) => {
  let gateway: TestGateway

  const start = (more: Record<string, string> = {}) =>
    startGateway({ store, env: { ...PASSKEY_ENV, STEPGATE_FACTORS: 'TOTP,WEBAUTHN', ...more } })

  beforeAll(async () => {
    gateway = await start()
  })
  afterAll(() => gateway.close())

  describe.each(Object.entries(situationsOf('MEMBER')))(
    'where %s',
    (_, { policy, has, optsIn, expected, factors, live }) => {
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
        const app = bearer(gateway, tokens.accessToken)
        dataOf(await app.send(SelectOrganizationDocument, { input: { organizationId: acme.id } }))
        // An administrator who demands passkeys must have one.
        await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
        dataOf(await acme.admin.client.send(SetOrganizationMfaPolicyDocument, { input: policy }))
      })

      it('a session that was already open gets the same refusal', async () => {
        const { accessToken } = dataOf(await refresh(gateway, tokens.refreshToken)).refreshSession
        for (const each of [browser, bearer(gateway, tokens.accessToken), bearer(gateway, accessToken)]) {
          expect(codeOf(await each.send(policy ? ReadOrganizationDocument : MeDocument))).toBe(live)
          // No organization can block a person's own account.
          expect(codeOf(await each.send(MeDocument))).toBeNull()
        }
      })

      it.each(cells)('%s leads no further (%s)', async (way, transport) => {
        const arrival = await WAYS[way]!(gateway, email, transport)
        expect(arrival).toMatchObject({ __typename: expected, factors })
        if (expected === 'SignedIn') return
        expect(arrival.handedOut.length).toBeGreaterThan(1)
        expect(await openedBy(gateway, arrival)).toEqual([])
      })
    },
  )

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
      ['nothing is required', null],
      ['every member needs a factor', REQUIRED],
      ['only passkeys count', PASSKEYS_ONLY],
      ['the role requires passkeys', resistantFor('MEMBER')],
    ] as const)('where %s', async (_, policy) => {
      const { client, answer } = await passkeyWith(policy)
      expect(dataOf(answer).signInWithPasskey).toMatchObject({
        __typename: 'SignedIn',
        session: { assurance: 'PHISHING_RESISTANT' },
      })
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('and does not open an organization where it does not count', async () => {
      const { client, answer } = await passkeyWith({ ...REQUIRED, methods: ['TOTP'] })
      expect(dataOf(answer).signInWithPasskey.__typename).toBe('SignedIn')
      expect(codeOf(await client.send(MeDocument))).toBeNull()
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    })
  })

  describe('where the installation requires a second factor', () => {
    let here: TestGateway
    let bare: string
    let person: PersonWithFactor
    const toEnrol = { __typename: 'MfaEnrollmentRequired', factors: ['TOTP', 'WEBAUTHN'] }
    const asked = { __typename: 'MfaRequired', factors: ['RECOVERY_CODE', 'TOTP'] }

    beforeAll(async () => {
      here = await start({ STEPGATE_MFA_POLICY: 'REQUIRED' })
      bare = await registered(here)
      person = await withTotp(here)
    })
    afterAll(() => here.close())

    it.each(cells)('%s (%s)', async (way, transport) => {
      for (const [email, expected] of [
        [bare, toEnrol],
        [person.email, asked],
      ] as const) {
        const arrival = await WAYS[way]!(here, email, transport)
        expect(arrival).toMatchObject(expected)
        expect(await openedBy(here, arrival)).toEqual([])
      }
    })

    it('except by a passkey, which is both factors', async () => {
      const { passkey } = await withPasskey(here)
      expect(await triedPasskey(here.client(), passkey.get(await passkeyOptions(here.client())))).toBe('SignedIn')
    })
  })

  it('this list is complete', () => {
    const known = ['resetPassword', 'selectOrganization', 'signIn', 'signInWithExternalToken', 'signInWithMagicLink']
    const fields = Object.values(
      buildSchema(readFileSync('schema/stepgate.graphql', 'utf8')).getMutationType()!.getFields(),
    )
    const ways = fields.filter(({ type }) => getNamedType(type).name === 'SignInResult').map(({ name }) => name)
    expect(ways.sort()).toEqual([...known, 'signInWithPasskey'])
  })
})
