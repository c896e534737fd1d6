import {
  AccountsDocument,
  MeDocument,
  MyProfileDocument,
  PreviewStepUpDocument,
  SignOutDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { pendingSignIn } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollTotp, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { storedAccount, storedIn } from '../support/stored.js'

describe.each(STORES)('previewing whether a step-up is needed, on the %s store', (store) => {
  let gateway: TestGateway
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store })
    person = await withTotp(gateway)
  })
  afterAll(() => gateway.close())

  async function preview(client: Client, document: { toString(): string }, variables?: Record<string, unknown>) {
    const asked = { document: document.toString(), variables: variables ?? null }
    return dataOf(await client.send(PreviewStepUpDocument, asked)).stepUpPreview
  }

  const ALLOWED = { allowed: true, code: null, need: null }

  it('tells an account without a factor what may be enrolled, and that it is enough once it is', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    expect(await preview(client, MyProfileDocument)).toMatchObject({
      allowed: false,
      code: 'STEP_UP_REQUIRED',
      need: { reason: 'MFA_MISSING', challenge: [], enroll: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS'] },
    })
    await enrollTotp(gateway, client)
    expect(await preview(client, MyProfileDocument)).toEqual(ALLOWED)
  })

  it('says beforehand what the operation itself would say', async () => {
    gateway.clock.advance(301)
    const { need, ...said } = await preview(person.client, MyProfileDocument)
    expect(said).toEqual({ allowed: false, code: 'STEP_UP_REQUIRED' })
    const { factorId } = person.authenticator
    expect(need).toMatchObject({
      assurance: 'MFA',
      maxAge: 300,
      reason: 'MFA_STALE',
      purpose: 'profile.read',
      challenge: [{ factorId, type: 'TOTP' }, { type: 'RECOVERY_CODE' }],
    })
    const refused = await person.client.send(MyProfileDocument)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject(need ?? {})
  })

  it('starts no challenge, opens no step-up and leaves no trace', async () => {
    // The time of last use is written about once a minute.
    dataOf(await person.client.send(MeDocument))
    const kept = async () => [await storedAccount(gateway, person.email), await storedIn(gateway, 'auditEvents')]
    const before = await kept()
    const answer = await person.client.send(PreviewStepUpDocument, { document: MyProfileDocument.toString() })
    expect(dataOf(answer).stepUpPreview.allowed).toBe(false)
    expect(answer.text).not.toContain('mfaToken')
    expect(await kept()).toEqual(before)
  })

  it('allows it after the step-up, as long as the operation would be allowed', async () => {
    await stepUp(gateway, person.client, person.authenticator)
    expect(await preview(person.client, MyProfileDocument)).toEqual(ALLOWED)
    expect(codeOf(await person.client.send(MyProfileDocument))).toBeNull()
    gateway.clock.advance(270)
    expect(await preview(person.client, MyProfileDocument)).toEqual(ALLOWED)
    gateway.clock.advance(1)
    expect(await preview(person.client, MyProfileDocument)).toMatchObject({ need: { reason: 'MFA_STALE' } })
    expect(codeOf(await person.client.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
  })

  it('runs nothing of the previewed document', async () => {
    await stepUp(gateway, person.client, person.authenticator)
    const input = { legalName: 'Somebody Else' }
    expect(await preview(person.client, UpdateProfileDocument, { input })).toEqual(ALLOWED)
    expect(await preview(person.client, SignOutDocument)).toEqual(ALLOWED)
    expect(dataOf(await person.client.send(MyProfileDocument)).me.profile).toMatchObject({ legalName: null })
  })

  it('uses the given variables, and the named operation', async () => {
    gateway.clock.advance(301)
    const document = `query Some($all: Boolean!) { me { id profile @include(if: $all) { taxId } } } query Plain { me { id } }`
    const ask = async (operationName: string, variables: Record<string, unknown>) =>
      dataOf(await person.client.send(PreviewStepUpDocument, { document, operationName, variables })).stepUpPreview
    expect(await ask('Some', { all: false })).toEqual(ALLOWED)
    expect(await ask('Some', { all: true })).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    expect(await ask('Plain', {})).toEqual(ALLOWED)
  })

  it("says for operators' fields that no step-up would help", async () => {
    expect(await preview(person.client, AccountsDocument)).toEqual({ allowed: false, code: 'FORBIDDEN', need: null })
  })

  it('answers a sign-in that waits for its second factor, and no other anonymous caller', async () => {
    const { client } = await pendingSignIn(gateway, person.email)
    expect(await preview(client, MeDocument)).toMatchObject({ allowed: false, code: 'MFA_REQUIRED' })
    expect(await preview(client, SignOutDocument)).toEqual(ALLOWED)
    const asked = { document: MeDocument.toString() }
    expect(codeOf(await gateway.client().send(PreviewStepUpDocument, asked))).toBe('UNAUTHENTICATED')
  })

  it.each([
    ['is not GraphQL', '{ me {', 'GRAPHQL_VALIDATION_FAILED'],
    ['selects an unknown field', '{ everybody }', 'GRAPHQL_VALIDATION_FAILED'],
    ['has no operation', 'fragment A on Query { me { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['is too long', `{ me { ${'id '.repeat(1000)} } }`, 'DOCUMENT_TOO_LARGE'],
  ])('refuses a document that %s', async (_, document, code) => {
    expect(codeOf(await person.client.send(PreviewStepUpDocument, { document }))).toBe(code)
  })
})
