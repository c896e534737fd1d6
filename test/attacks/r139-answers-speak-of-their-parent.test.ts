import { CreateOrganizationDocument, SignInDocument, UpdateProfileDocument } from '../../schema/generated/graphql.js'
import { dataOf, type Answer, type Client } from '../support/client.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withRsa, type Issuer } from '../support/issuer.js'
import { askForLink, askForReset } from '../support/links.js'
import { PASSKEY_ENV, passkeyOptions, withPasskey } from '../support/passkeys.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { answerOf, everythingOf, mutationsAnswering, SHAPES } from '../support/whole-answers.js'

/** What is known about the cookie's owner, and must not be revealed. */
const OWNED = {
  displayName: 'Canary Display',
  legalName: 'Canary Legal',
  dateOfBirth: '1971-02-03',
  taxId: 'CANARY-TAX-4711',
  phoneNumber: '+49 30 4711 0815',
  postalAddress: 'Canary Street 12',
}

/** Another person's way in: what to send, and with which headers besides the cookie. */
interface Attempt {
  readonly email: string
  readonly variables: Record<string, unknown>
  readonly headers?: Readonly<Record<string, string>>
}

describe.each(STORES)('R139 an answer resolves for the account it names, on the %s store', (store) => {
  let issuer: Issuer
  let gateway: TestGateway
  let owner: PersonWithFactor
  const ofOwner: string[] = Object.values(OWNED)

  beforeAll(async () => {
    issuer = await startIssuer()
    gateway = await startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256'] }], {
      ...PASSKEY_ENV,
      STEPGATE_FACTORS: 'TOTP,WEBAUTHN',
      STEPGATE_MAX_DEPTH: '40',
    })
    owner = await withTotp(gateway, 'canary-owner@example.com')
    const { id } = dataOf(
      await owner.client.send(CreateOrganizationDocument, { input: { name: 'Canary Works' } }),
    ).createOrganization
    const input = { ...OWNED, visibleToOrganizations: ['TAX_ID', 'LEGAL_NAME'] as const }
    dataOf(await owner.client.send(UpdateProfileDocument, { input }))
    ofOwner.push(owner.email, 'Canary Works', id, owner.authenticator.factorId)
  })
  afterAll(async () => {
    await gateway.close()
    await issuer.close()
  })

  /** The owner's browser, with MFA proved just now. */
  async function ownersBrowser(): Promise<Client> {
    const { client, result } = await signIn(gateway, owner.email)
    await stepUp(gateway, client, owner.authenticator, 'stepUp' in result ? { mfaToken: result.stepUp.mfaToken } : {})
    return client
  }

  const byPassword = async (): Promise<Attempt> => {
    const email = await registered(gateway)
    return { email, variables: { input: { email, password: PASSWORD } } }
  }
  const ATTEMPTS: Readonly<Record<string, () => Promise<Attempt>>> = {
    signIn: byPassword,
    signInWithMagicLink: async () => {
      const email = await registered(gateway)
      const { token, code } = await askForLink(gateway, email, gateway.client())
      return { email, variables: { input: { token, code } } }
    },
    signInWithPasskey: async () => {
      const { email, passkey } = await withPasskey(gateway)
      const webauthn = passkey.get(await passkeyOptions(gateway.client()))
      return { email, variables: { input: { webauthn } } }
    },
    signInWithExternalToken: async () => {
      const seconds = Math.floor(gateway.clock.now().getTime() / 1000)
      const sub = `person-${seconds}`
      const email = `${sub}@people.example`
      const claims = { iss: issuer.url, aud: AUDIENCE, sub, email, iat: seconds, exp: seconds + 300, jti: sub }
      const head = { alg: 'RS256', typ: 'JWT', kid: 'rsa' }
      gateway.clock.advance(1)
      return { email, variables: { input: { token: signed(head, claims, withRsa(issuer.rsa.privateKey)) } } }
    },
    resetPassword: async () => {
      const email = await registered(gateway)
      const token = await askForReset(gateway, email)
      return { email, variables: { input: { token, newPassword: `${PASSWORD} anew` } } }
    },
    // In a separate session, by token: the cookie beside it is another account's.
    selectOrganization: async () => {
      const email = await registered(gateway)
      const input = { email, password: PASSWORD, transport: 'BEARER', discover: true } as const
      const { signIn: waiting } = dataOf(await gateway.client().send(SignInDocument, { input }))
      if (waiting.__typename !== 'OrganizationRequired') throw new Error('there is nothing to choose')
      const headers = { authorization: `Bearer ${waiting.pendingToken ?? ''}` }
      return { email, variables: { input: {} }, headers }
    },
  }

  const attemptAt = (name: string): Promise<Attempt> => {
    const attempt = ATTEMPTS[name]
    if (!attempt) throw new Error(`there is no such way in: ${name}`)
    return attempt()
  }

  const documentOf = (name: string, shape: (typeof SHAPES)[number], more = ''): string => {
    const field = ROOT_FIELDS.find((each) => each.name === name)
    if (!field) throw new Error(`there is no field ${name}`)
    const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
    const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
    return `mutation (${declared}) { ${name}(${passed}) ${everythingOf(answerOf(name), shape)} ${more} }`
  }

  const expectNothingOfOwner = (answer: Answer<unknown>): void => {
    expect(ofOwner.filter((datum) => answer.text.includes(datum))).toEqual([])
  }

  it('the list covers every mutation that returns an account to callers without a finished session', () => {
    const open = ROOT_FIELDS.filter(({ access }) => access === 'PUBLIC' || access === 'PENDING').map(({ name }) => name)
    expect(
      mutationsAnswering('Account')
        .filter((name) => open.includes(name))
        .sort(),
    ).toEqual(Object.keys(ATTEMPTS).sort())
  })

  it('the owner sees the data that the attack is after', async () => {
    const browser = await ownersBrowser()
    const answer = await browser.send(`query { me ${everythingOf('Account')} }`)
    expect(answer.text).toContain(OWNED.taxId)
  })

  describe.each(Object.keys(ATTEMPTS))('%s with the fresh cookie of another account', (name) => {
    it.each(SHAPES)("returns nothing of the cookie's owner, with its fields %s", async (shape) => {
      const attempt = await attemptAt(name)
      const browser = await ownersBrowser()
      const answer = await browser.send(documentOf(name, shape), attempt.variables, attempt.headers)
      expectNothingOfOwner(answer)
    })

    it('returns the account that signed in', async () => {
      const attempt = await attemptAt(name)
      const browser = await ownersBrowser()
      const document = documentOf(name, 'as they are').replace(
        /\{ __typename .*/s,
        '{ ... on SignedIn { account { email } } } }',
      )
      const answer = await browser.send(document, attempt.variables, attempt.headers)
      expect(dataOf(answer)).toEqual({ [name]: { account: { email: attempt.email } } })
    })
  })
})
