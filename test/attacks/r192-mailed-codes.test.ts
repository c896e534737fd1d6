import {
  ChangeEmailDocument,
  ExchangeMailedCodeDocument,
  MeDocument,
  RequestMagicLinkDocument,
  RequestPasswordResetDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
  type ExchangeMailedCodeInput,
} from '../../schema/generated/graphql.js'
import { bearer, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { followLink, resetWith } from '../support/links.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedIn } from '../support/stored.js'

const NEW_PASSWORD = 'another rather long passphrase'
const CODE = /^(\d{8})$/m
const ENV = {
  ...ROOMY,
  STEPGATE_MESSAGE_LIMIT_DESTINATION_NETWORK: '1000/3600',
  STEPGATE_MESSAGE_LIMIT_DESTINATION: '1000/3600',
}
let strangers = 0
const newAddress = () => `coded${(strangers += 1)}@example.com`
const otherThan = (code: string) => (code === '00000000' ? '00000001' : '00000000')

describe.each(STORES)('R192 codes beside links in mails, on the %s store', (store) => {
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ENV })
  })
  afterAll(() => gateway.close())

  /** The newest mail with a link, once there is one more than before. */
  const mailAfter = async (email: string, known: number) => {
    const token = await gateway.linkTokenFor(email, known)
    const mail = (await gateway.mailTo(email)).findLast(({ text }) => text.includes(token))
    return { token, text: mail?.text ?? '', mailedCode: CODE.exec(mail?.text ?? '')?.[1] ?? '' }
  }
  const exchange = (client: Client, input: ExchangeMailedCodeInput) =>
    client.send(ExchangeMailedCodeDocument, { input })

  const requests = {
    'sign-in': async (client: Client, email: string) =>
      dataOf(await client.send(RequestMagicLinkDocument, { input: { email } })).requestMagicLink.requestId ?? '',
    'password reset': async (client: Client, email: string) =>
      dataOf(await client.send(RequestPasswordResetDocument, { input: { email } })).requestPasswordReset.requestId ??
      '',
    'sign-up': async (client: Client, email: string) =>
      dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } })).signUp.requestId ?? '',
  } as const
  type Kind = keyof typeof requests
  const KINDS = Object.keys(requests) as Kind[]
  const ownerOf = (kind: Kind) => (kind === 'sign-up' ? Promise.resolve(newAddress()) : registered(gateway))
  const follow: Readonly<Record<Kind, (client: Client, token: string) => Promise<Answer<unknown>>>> = {
    'sign-in': (client, token) => followLink(client, token),
    'password reset': (client, token) => resetWith(client, token, NEW_PASSWORD),
    'sign-up': (client, token) => client.send(VerifyEmailDocument, { input: { token } }),
  }
  const asked = async (kind: Kind) => {
    const email = await ownerOf(kind)
    const client = gateway.client()
    const known = await gateway.linksTo(email)
    const requestId = await requests[kind](client, email)
    return { email, client, requestId, ...(await mailAfter(email, known)) }
  }

  describe.each(KINDS)('for a %s', (kind) => {
    it('give the browser that asked a token, and end the link and themselves', async () => {
      const { client, requestId, token, mailedCode } = await asked(kind)
      const typed = ` ${mailedCode.slice(0, 4)}–${mailedCode.slice(4)} `
      const { exchangeMailedCode: got } = dataOf(await exchange(client, { requestId, code: typed }))
      expect(codeOf(await follow[kind](client, token))).not.toBeNull()
      expect(codeOf(await exchange(client, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
      expect(codeOf(await follow[kind](client, got.token))).toBeNull()
      expect(codeOf(await follow[kind](client, got.token))).not.toBeNull()
    })

    it('end when the link is followed', async () => {
      const { client, requestId, token, mailedCode } = await asked(kind)
      expect(codeOf(await follow[kind](client, token))).toBeNull()
      expect(codeOf(await exchange(client, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
    })

    it('open nothing in another browser, even with the id of the request, and cost no attempt there', async () => {
      const { email, client, requestId, mailedCode } = await asked(kind)
      const elsewhere = gateway.client()
      expect(codeOf(await exchange(elsewhere, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
      await requests[kind](elsewhere, email)
      expect(codeOf(await exchange(elsewhere, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
      expect(codeOf(await exchange(client, { requestId, code: mailedCode }))).toBeNull()
    })

    it('are exchanged for one of thirty callers at once', async () => {
      const { client, requestId, mailedCode } = await asked(kind)
      const guess = () => exchange(client.copy(), { requestId, code: mailedCode })
      const answers = await Promise.all(Array.from({ length: 30 }, guess))
      expect(answers.filter((each) => codeOf(each) === null)).toHaveLength(1)
    })

    it('allow five guesses at once, and leave the link as it is', async () => {
      const { client, requestId, token, mailedCode } = await asked(kind)
      const guess = () => exchange(client.copy(), { requestId, code: otherThan(mailedCode) })
      const answers: Answer<unknown>[] = await Promise.all(Array.from({ length: 8 }, guess))
      for (let nth = 0; nth < 5; nth += 1) answers.push(await guess())
      expect(answers.filter((each) => codeOf(each) === 'CODE_INVALID')).toHaveLength(5)
      expect(codeOf(await exchange(client, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
      expect(codeOf(await follow[kind](client, token))).toBeNull()
    })

    it('cost no attempt when the text cannot be a code', async () => {
      const { client, requestId, mailedCode } = await asked(kind)
      const answer = await exchange(client, { requestId, code: mailedCode.slice(1) })
      expect(codeOf(answer)).toBe('CODE_INVALID')
      expect(answer.errors[0]?.extensions).toMatchObject({ attemptsLeft: 5 })
    })

    it('end after a quarter of an hour at most', async () => {
      const { client, requestId, mailedCode } = await asked(kind)
      gateway.clock.advance(900)
      expect(codeOf(await exchange(client, { requestId, code: mailedCode }))).toBe('BAD_USER_INPUT')
    })

    it('answer an address with and without an account alike', async () => {
      const known = await registered(gateway)
      const answers: unknown[] = []
      for (const email of [known, newAddress()]) {
        const client = gateway.client()
        const requestId = await requests[kind](client, email)
        expect(requestId).toMatch(/^[\w-]{43}$/)
        for (let nth = 0; nth < 6; nth += 1) {
          const { errors } = await exchange(client, { requestId, code: '00000000' })
          answers.push({ extensions: errors[0]?.extensions, message: errors[0]?.message })
        }
      }
      const withoutIds = JSON.parse(JSON.stringify(answers).replace(/"requestId":"[^"]*"/g, '""')) as unknown[]
      expect(withoutIds.slice(0, 6)).toEqual(withoutIds.slice(6))
    })
  })

  it('are stored as keyed hashes, and the token they give only as a hash', async () => {
    const { client, requestId, mailedCode } = await asked('sign-in')
    const before = JSON.stringify(await storedIn(gateway, 'mailedLinks'))
    expect(before).not.toContain(mailedCode)
    const { token } = dataOf(await exchange(client, { requestId, code: mailedCode })).exchangeMailedCode
    const after = JSON.stringify(await storedIn(gateway, 'mailedLinks'))
    expect(after).not.toContain(token.slice(token.indexOf('.') + 1))
  })

  it('do not open a link for which another mail was sent', async () => {
    const first = await asked('sign-in')
    const known = await gateway.linksTo(first.email)
    const requestId = await requests['sign-in'](first.client, first.email)
    const { mailedCode } = await mailAfter(first.email, known)
    expect(codeOf(await exchange(first.client, { requestId: first.requestId, code: mailedCode }))).toBe('CODE_INVALID')
    expect(codeOf(await exchange(first.client, { requestId, code: first.mailedCode }))).toBe('CODE_INVALID')
    expect(codeOf(await exchange(first.client, { requestId, code: mailedCode }))).toBeNull()
  })

  it('allow twenty guesses an hour at a mailbox, however many requests are made, with or without an account', async () => {
    for (const email of [await registered(gateway), newAddress()]) {
      const codes: (string | null)[] = []
      for (let request = 0; request < 6; request += 1) {
        const client = gateway.client()
        const requestId = await requests['sign-in'](client, email.replace('@', `+${request}@`))
        for (let nth = 0; nth < 5; nth += 1) codes.push(codeOf(await exchange(client, { requestId, code: '00000000' })))
      }
      expect(codes.filter((code) => code === 'CODE_INVALID')).toHaveLength(20)
      expect(codes.slice(20)).toEqual(Array.from({ length: 10 }, () => 'RATE_LIMITED'))
      gateway.clock.advance(900)
    }
  })

  it('are tied to the request token where there are no cookies', async () => {
    const email = await registered(gateway)
    const known = await gateway.linksTo(email)
    const app = gateway.client()
    const input = { email, transport: 'BEARER' } as const
    const sent = dataOf(await app.send(RequestPasswordResetDocument, { input })).requestPasswordReset
    const { mailedCode } = await mailAfter(email, known)
    const request = { requestId: sent.requestId ?? '', code: mailedCode }
    expect(app.cookies.size).toBe(0)
    expect(codeOf(await exchange(app, request))).toBe('BAD_USER_INPUT')
    expect(codeOf(await exchange(app, { ...request, requestToken: sent.requestToken ?? null }))).toBeNull()
  })

  it('sign in at a browser that followed no link', async () => {
    const { email, client, requestId, mailedCode } = await asked('sign-in')
    const { token } = dataOf(await exchange(client, { requestId, code: mailedCode })).exchangeMailedCode
    expect(dataOf(await followLink(client, token)).signInWithMagicLink.__typename).toBe('SignedIn')
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
  })

  it('give a token that another browser cannot use for a sign-in', async () => {
    const { client, requestId, mailedCode } = await asked('sign-in')
    const { token } = dataOf(await exchange(client, { requestId, code: mailedCode })).exchangeMailedCode
    expect(codeOf(await followLink(gateway.client(), token))).toBe('BAD_USER_INPUT')
  })

  it('activate the password of the browser that signed up, and no other', async () => {
    const email = newAddress()
    const attacker = gateway.client()
    const ofAttacker = dataOf(await attacker.send(SignUpDocument, { input: { email, password: NEW_PASSWORD } })).signUp
    const known = await until(async () => (await gateway.linksTo(email)) || null)
    const owner = gateway.client()
    const requestId = await requests['sign-up'](owner, email)
    const { mailedCode } = await mailAfter(email, known)
    const stolen = { requestId: ofAttacker.requestId ?? '', code: mailedCode }
    expect(codeOf(await exchange(attacker, stolen))).toBe('CODE_INVALID')
    const { token } = dataOf(await exchange(owner, { requestId, code: mailedCode })).exchangeMailedCode
    dataOf(await owner.send(VerifyEmailDocument, { input: { token } }))
    const tried = async (password: string) =>
      codeOf(await gateway.client().send(SignInDocument, { input: { email, password } }))
    expect(await tried(NEW_PASSWORD)).toBe('UNAUTHENTICATED')
    expect(await tried(PASSWORD)).toBeNull()
  })

  it('keep a rejected password from using up the reset', async () => {
    const { client, requestId, mailedCode } = await asked('password reset')
    const { token } = dataOf(await exchange(client, { requestId, code: mailedCode })).exchangeMailedCode
    expect(codeOf(await resetWith(client, token, 'short'))).toBe('BAD_USER_INPUT')
    expect(codeOf(await resetWith(client, token, NEW_PASSWORD))).toBeNull()
  })

  it('end with the trust in the account, like the link', async () => {
    const { email, client, requestId, mailedCode } = await asked('password reset')
    const { token } = dataOf(await exchange(client, { requestId, code: mailedCode })).exchangeMailedCode
    const other = await asked('password reset')
    expect(other.email).not.toBe(email)
    gateway.clock.advance(1)
    const known = await gateway.linksTo(email)
    dataOf(await gateway.client().send(RequestPasswordResetDocument, { input: { email } }))
    const link = await mailAfter(email, known)
    expect(codeOf(await resetWith(gateway.client(), link.token, NEW_PASSWORD))).toBeNull()
    expect(codeOf(await resetWith(client, token, 'the passphrase of an attacker'))).toBe('UNAUTHENTICATED')
  })

  it.each(['COOKIE', 'BEARER'] as const)(
    'confirm a change of address in the %s session that asked',
    async (transport) => {
      const [owner, other] = [await withTotp(gateway), await withTotp(gateway)]
      const [client, stranger] = [await provedClient(owner, transport), await provedClient(other, transport)]
      const newEmail = newAddress()
      const { requestId } = dataOf(await client.send(ChangeEmailDocument, { input: { newEmail } })).changeEmail
      const { mailedCode } = await mailAfter(newEmail, 0)
      const request = { requestId: requestId ?? '', code: mailedCode }
      expect(codeOf(await exchange(stranger, request))).toBe('BAD_USER_INPUT')
      const { token } = dataOf(await exchange(client, request)).exchangeMailedCode
      dataOf(await client.send(VerifyEmailDocument, { input: { token } }))
      expect(dataOf(await client.send(MeDocument)).me.email).toBe(newEmail)
    },
  )

  const provedClient = async (person: PersonWithFactor, transport: 'COOKIE' | 'BEARER') => {
    if (transport === 'COOKIE') return person.client
    const { result } = await signIn(gateway, person.email, { transport })
    if (result.__typename !== 'MfaRequired') throw new Error(result.__typename)
    const pending = bearer(gateway, result.pendingToken ?? '')
    const passed = await stepUp(gateway, pending, person.authenticator, { mfaToken: result.stepUp.mfaToken })
    return bearer(gateway, passed.tokens?.accessToken ?? '')
  }
})

describe('R192 where STEPGATE_MAILED_CODES is off', () => {
  it('neither sends nor accepts codes, and mails say nothing of them', async () => {
    const gateway = await startGateway({ env: { ...ENV, STEPGATE_MAILED_CODES: 'off' } })
    try {
      const email = await registered(gateway)
      const known = await gateway.linksTo(email)
      const client = gateway.client()
      const { requestMagicLink: sent } = dataOf(await client.send(RequestMagicLinkDocument, { input: { email } }))
      expect(sent.requestId ?? null).toBeNull()
      await gateway.linkTokenFor(email, known)
      const mail = (await gateway.mailTo(email)).at(-1)
      for (const part of [mail?.text, mail?.html]) expect(part).not.toMatch(/\d{8}|minutes:|\{\{/)
      const input = { requestId: 'A'.repeat(43), code: '12345678' }
      expect(codeOf(await client.send(ExchangeMailedCodeDocument, { input }))).toBe('FORBIDDEN')
    } finally {
      await gateway.close()
    }
  })
})
