import {
  AcceptInvitationDocument,
  BeginAuthenticationDocument,
  ConnectPushDeviceDocument,
  InviteMemberDocument,
  MeDocument,
  MyProfileDocument,
  PushRequestsDocument,
  RefreshSessionDocument,
  ReportNotMeDocument,
  ResetPasswordDocument,
  SignInWithExternalTokenDocument,
  SignInWithMagicLinkDocument,
  SignInWithPasskeyDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { ask, bearer, verdictOf } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { arrivalOf, deviceCookieOf, withCookie } from '../support/devices.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withEc, type Issuer } from '../support/issuer.js'
import { askForLink, askForReset } from '../support/links.js'
import { noticeTo, notMeToken } from '../support/notices.js'
import { invitationTokenFor, tenant } from '../support/organizations.js'
import { beginPasskey, ORIGIN, PASSKEY_ENV, passkeyOptions, sendPasskey, withPasskey } from '../support/passkeys.js'
import { PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { beginPush, readConnectUrl, newKeyPair, withPush } from '../support/push-device.js'
import { DEVICE, keyInput, newBackend, newOperator, withKey } from '../support/services.js'
import { signWith, softPasskey } from '../support/soft-passkey.js'
import { otherSpellingsOf, spellingsInHeaders } from '../support/spellings.js'

/** A token, where it is sent, and the answer to another text in its place. */
interface Case {
  readonly token: string
  readonly spellings?: typeof otherSpellingsOf
  readonly send: (text: string) => Promise<Answer<unknown>>
}

describe.each(STORES)('R142 each token has one spelling, on the %s store', (store) => {
  let issuer: Issuer
  let gateway: TestGateway

  beforeAll(async () => {
    issuer = await startIssuer()
    gateway = await startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['ES256'] }], {
      ...PASSKEY_ENV,
      STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS: '100000/900',
      STEPGATE_SERVICE_KEY_LIMIT_ADDRESS: '100000/900',
      STEPGATE_REFRESH_LIMIT_ADDRESS: '100000/900',
    })
  })
  afterAll(async () => {
    await gateway.close()
    await issuer.close()
  })

  const CASES: Readonly<Record<string, () => Promise<Case>>> = {
    'the cookie of a session': async () => {
      const { client } = await signIn(gateway, await registered(gateway))
      const token = client.cookies.get('stepgate-session') ?? ''
      return {
        token,
        spellings: spellingsInHeaders,
        send: (text) => gateway.client({ cookies: new Map([['stepgate-session', text]]) }).send(MeDocument),
      }
    },
    'an access token': async () => {
      const { accessToken } = await signInApp(gateway, await registered(gateway))
      return {
        token: accessToken,
        spellings: spellingsInHeaders,
        send: (text) => bearer(gateway, text).send(MeDocument),
      }
    },
    'a refresh token': async () => {
      const { refreshToken } = await signInApp(gateway, await registered(gateway))
      const send = (text: string) => gateway.client().send(RefreshSessionDocument, { input: { refreshToken: text } })
      return { token: refreshToken, send }
    },
    'an mfaToken': async () => {
      const { client, authenticator } = await withTotp(gateway)
      gateway.clock.advance(301)
      const refused = await client.send(MyProfileDocument)
      const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
      return { token: mfaToken, send: (text) => ask(client, authenticator.factorId, text) }
    },
    'a link that signs in': async () => {
      const { token, code } = await askForLink(gateway, await registered(gateway), gateway.client())
      const send = (text: string) =>
        gateway.client().send(SignInWithMagicLinkDocument, { input: { token: text, code } })
      return { token, send }
    },
    'what tells the app that asked for a link': async () => {
      const email = await registered(gateway)
      const asked = await askForLink(gateway, email, gateway.client(), { transport: 'BEARER' })
      const send = (text: string) =>
        gateway.client().send(SignInWithMagicLinkDocument, {
          input: { token: asked.token, requestToken: text, transport: 'BEARER' },
        })
      return { token: asked.requestToken ?? '', send }
    },
    'a link that sets a password': async () => {
      const token = await askForReset(gateway, await registered(gateway))
      const send = (text: string) =>
        gateway.client().send(ResetPasswordDocument, { input: { token: text, newPassword: `${PASSWORD} anew` } })
      return { token, send }
    },
    'an invitation': async () => {
      const { admin } = await tenant(gateway)
      const guest = await registered(gateway)
      dataOf(await admin.client.send(InviteMemberDocument, { input: { email: guest, role: 'MEMBER' } }))
      const token = await invitationTokenFor(gateway, guest)
      const { client } = await signIn(gateway, guest)
      return { token, send: (text) => client.send(AcceptInvitationDocument, { input: { token: text } }) }
    },
    'a “This wasn’t me” link': async () => {
      const { email } = await withTotp(gateway)
      const token = notMeToken(await noticeTo(gateway, email, 'any'))
      return { token, send: (text) => gateway.client().send(ReportNotMeDocument, { input: { token: text } }) }
    },
    'a service key': async () => {
      const backend = await newBackend(gateway, await newOperator(gateway), keyInput())
      const input = { subject: 'one', email: 'one@people.example', amr: ['pwd'], device: DEVICE }
      return {
        token: backend.secret,
        spellings: spellingsInHeaders,
        send: (text) => withKey(gateway, text).send(BeginAuthenticationDocument, { input }),
      }
    },
    'a token of a trusted issuer': async () => {
      const seconds = Math.floor(gateway.clock.now().getTime() / 1000)
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'one', email: 'one@people.example', jti: 'one' }
      const times = { iat: seconds, exp: seconds + 300 }
      const token = signed({ alg: 'ES256', kid: 'ec' }, { ...claims, ...times }, withEc(issuer.ec.privateKey))
      const send = (text: string) => gateway.client().send(SignInWithExternalTokenDocument, { input: { token: text } })
      return { token, send }
    },
    'the link that connects a device': async () => {
      const { client } = await signIn(gateway, await registered(gateway))
      const { token } = readConnectUrl((await beginPush(client)).connectUrl)
      const { publicKey } = newKeyPair()
      const send = (text: string) =>
        gateway.client().send(ConnectPushDeviceDocument, { input: { token: text, publicKey } })
      return { token, send }
    },
    'the key of a device': async () => {
      const { client } = await signIn(gateway, await registered(gateway))
      const { token } = readConnectUrl((await beginPush(client)).connectUrl)
      const send = (text: string) =>
        gateway.client().send(ConnectPushDeviceDocument, { input: { token, publicKey: text } })
      return { token: newKeyPair().publicKey, send }
    },
    'the signature of a device': async () => {
      const { device } = await withPush(gateway)
      const call = device.signed({ action: 'list', subject: '', detail: '' })
      const send = (text: string) =>
        gateway.client().send(PushRequestsDocument, { input: { ...call, signature: text } })
      return { token: call.signature, send }
    },
  }

  it.each(Object.keys(CASES))('is enforced for %s', async (name) => {
    const { token, send, spellings = otherSpellingsOf } = await (CASES[name] ?? never)()
    const others = spellings(token)
    expect(others.length).toBeGreaterThan(5)
    const taken: string[] = []
    for (const [spelling, text] of others) if (codeOf(await send(text)) === null) taken.push(spelling)
    expect(taken).toEqual([])
    expect(codeOf(await send(token))).toBeNull()
  })

  it('is enforced for a link that confirms an address', async () => {
    const email = 'one-spelling@example.com'
    const client = gateway.client()
    dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
    const token = await gateway.linkTokenFor(email)
    for (const [, text] of otherSpellingsOf(token))
      expect(codeOf(await client.send(VerifyEmailDocument, { input: { token: text } }))).not.toBeNull()
    expect(codeOf(await client.send(VerifyEmailDocument, { input: { token } }))).toBeNull()
  })

  it('is enforced for the token of a device', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const [name, token] = deviceCookieOf(client)
    for (const [spelling, text] of spellingsInHeaders(token)) {
      const became = await arrivalOf(withCookie(gateway, [name, text]), email)
      expect([spelling, became]).not.toEqual([spelling, 'SignedIn'])
    }
  })

  describe('for a passkey', () => {
    const MEMBERS = ['authenticatorData', 'signature', 'clientDataJSON', 'userHandle'] as const

    it.each([...MEMBERS, 'id'] as const)('is enforced for %s', async (member) => {
      const { passkey } = await withPasskey(gateway)
      const client = gateway.client()
      const webauthn = passkey.get(await passkeyOptions(client))
      const credential = JSON.parse(webauthn) as { id: string; response: Record<string, string> }
      const value = member === 'id' ? credential.id : (credential.response[member] ?? '')
      for (const [spelling, text] of otherSpellingsOf(value)) {
        const altered = webauthn.replaceAll(JSON.stringify(value), JSON.stringify(text))
        const answer = await client.send(SignInWithPasskeyDocument, { input: { webauthn: altered } })
        expect([spelling, codeOf(answer)]).toEqual([spelling, 'UNAUTHENTICATED'])
      }
      expect(codeOf(await client.send(SignInWithPasskeyDocument, { input: { webauthn } }))).toBeNull()
    })

    const TWISTED: readonly (readonly [string, (right: Buffer) => Buffer])[] = [
      ['a byte that follows', (right) => Buffer.concat([right, Buffer.of(0)])],
      ['many bytes that follow', (right) => Buffer.concat([right, Buffer.alloc(100, 7)])],
      ['a second signature that follows', (right) => Buffer.concat([right, right])],
      ['a byte that follows inside', (right) => resized(Buffer.concat([right, Buffer.of(0)]))],
      ['a zero in front of r', (right) => paddedInteger(right, 2)],
      ['a zero in front of s', (right) => paddedInteger(right, 4 + (right[3] ?? 0))],
      ['a long form of its length', (right) => Buffer.concat([Buffer.of(0x30, 0x81), right.subarray(1)])],
    ]

    it.each(TWISTED)('is enforced for a signature at sign-in, with %s', async (_, signature) => {
      const { passkey } = await withPasskey(gateway)
      const client = gateway.client()
      const webauthn = passkey.get(await passkeyOptions(client), { signature })
      const answer = await client.send(SignInWithPasskeyDocument, { input: { webauthn } })
      expect(codeOf(answer)).toBe('UNAUTHENTICATED')
    })

    it.each(TWISTED)('is enforced for a signature of an attestation, with %s', async (_, twist) => {
      const enrol = async (client: Client, change: (right: Buffer) => Buffer) => {
        const { options, challengeId } = await beginPasskey(client)
        const passkey = softPasskey({ origin: ORIGIN })
        const created = passkey.create(options, {
          attestation: (data) => ({
            fmt: 'packed',
            attStmt: new Map<string, unknown>([
              ['alg', -7],
              ['sig', new Uint8Array(change(signWith(passkey.privateKey, data)))],
            ]),
          }),
        })
        return verdictOf(await sendPasskey(client, challengeId, created))
      }
      const { client } = await signIn(gateway, await registered(gateway))
      expect(await enrol(client, twist)).toBe('CODE_INVALID')
      expect(await enrol(client, (right) => right)).toBe('PASSED')
    })
  })
})

const never = (): never => {
  throw new Error('there is no such case')
}

/** Extends the sequence over what follows it. */
function resized(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[1] = copy.length - 2
  return copy
}

/** Adds a zero in front of the integer that begins there. */
function paddedInteger(right: Buffer, at: number): Buffer {
  const length = right[at + 1] ?? 0
  const head = Buffer.concat([right.subarray(0, at), Buffer.of(2, length + 1, 0)])
  return resized(Buffer.concat([head, right.subarray(at + 2)]))
}
