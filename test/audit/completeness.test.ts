import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  AccountsDocument,
  ChangeEmailDocument,
  ChangePasswordDocument,
  ForgetDeviceDocument,
  MyDevicesDocument,
  MyProfileDocument,
  MySessionsDocument,
  RegenerateRecoveryCodesDocument,
  RemoveFactorDocument,
  RenameDeviceDocument,
  RenameFactorDocument,
  RequestPasswordResetDocument,
  RevokeAccountSessionsDocument,
  RevokeSessionDocument,
  SignInDocument,
  SignOutDocument,
  UpdateProfileDocument,
  VerifyAuditChainDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { AUDIT_ACTIONS, type AuditAction, type AuditEvent, type AuditOutcome } from '../../src/audit/index.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import {
  ask,
  challenged,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  sendCode,
  storedPerson,
  wrongCode,
} from '../support/answers.js'
import { refresh, signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollTotp, PASSWORD, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

type Who = 'the person' | 'the operator' | 'nobody'
type TargetType = AuditEvent['targets'][number]['type']

/** What the journey below has to leave: the action, how it went, who did it, and to what. */
const EXPECTED: readonly (readonly [AuditAction, AuditOutcome, Who, TargetType | null])[] = [
  ['account.created', 'SUCCESS', 'the person', 'ACCOUNT'],
  ['account.updated', 'SUCCESS', 'the person', 'ACCOUNT'],
  ['account.email_change_requested', 'SUCCESS', 'the person', 'ACCOUNT'],
  ['account.email_changed', 'SUCCESS', 'the person', 'ACCOUNT'],
  ['account.password_change_failed', 'FAILURE', 'the person', 'ACCOUNT'],
  ['account.password_reset_requested', 'SUCCESS', 'nobody', 'ACCOUNT'],
  ['account.password_changed', 'SUCCESS', 'the person', 'ACCOUNT'],
  ['session.created', 'SUCCESS', 'the person', 'SESSION'],
  ['session.refused', 'FAILURE', 'the person', 'ACCOUNT'],
  ['session.refused', 'FAILURE', 'nobody', null],
  ['session.revoked', 'SUCCESS', 'the person', 'SESSION'],
  ['session.ended', 'SUCCESS', 'the person', 'SESSION'],
  ['session.refresh_reused', 'DENIED', 'the person', 'SESSION'],
  ['factor.enrolled', 'SUCCESS', 'the person', 'FACTOR'],
  ['factor.activated', 'SUCCESS', 'the person', 'FACTOR'],
  ['factor.renamed', 'SUCCESS', 'the person', 'FACTOR'],
  ['factor.removed', 'SUCCESS', 'the person', 'FACTOR'],
  ['recovery_codes.generated', 'SUCCESS', 'the person', 'FACTOR'],
  ['recovery_code.used', 'SUCCESS', 'the person', 'FACTOR'],
  ['challenge.created', 'SUCCESS', 'the person', 'CHALLENGE'],
  ['challenge.passed', 'SUCCESS', 'the person', 'CHALLENGE'],
  ['challenge.failed', 'FAILURE', 'the person', 'CHALLENGE'],
  ['step_up.required', 'DENIED', 'the person', 'FIELD'],
  ['step_up.satisfied', 'SUCCESS', 'the person', 'FACTOR'],
  ['device.remembered', 'SUCCESS', 'the person', 'DEVICE'],
  ['device.rotated', 'SUCCESS', 'the person', 'DEVICE'],
  ['device.renamed', 'SUCCESS', 'the person', 'DEVICE'],
  ['device.forgotten', 'SUCCESS', 'the person', 'DEVICE'],
  ['risk.assessed', 'SUCCESS', 'the person', 'SESSION'],
  ['access.denied', 'DENIED', 'the person', 'FIELD'],
  ['limit.reached', 'DENIED', 'the person', 'CHALLENGE'],
  ['limit.reached', 'DENIED', 'nobody', 'BUDGET'],
  ['admin.sessions_revoked', 'SUCCESS', 'the operator', 'ACCOUNT'],
]

/** Where somebody acts who has no session yet: they sign in, or follow a link. */
const WITHOUT_SESSION: readonly AuditAction[] = ['account.created', 'account.email_changed', 'session.refused']

describe.each(STORES)('what happens is in the audit log, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let person: PersonWithFactor
  let events: readonly AuditEvent[]
  const idOf: Record<Who, string | null> = { 'the person': null, 'the operator': null, nobody: null }

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    operator = await withTotp(gateway, ADMIN)
    person = await withTotp(gateway)
    idOf['the person'] = (await storedPerson(gateway, person.email))._id
    idOf['the operator'] = (await storedPerson(gateway, ADMIN))._id
    await proves()
    await managesFactors()
    await usesOtherDevices()
    await isRefused()
    await changesAccount()
    await isEndedByOperator()
    const log = createAuditRepository(gateway.store)
    events = await log.find({ filter: {}, order: 'OLDEST_FIRST', limit: 10_000 })
  }, 60_000)
  afterAll(() => gateway.close())

  const prove = (options: { readonly rememberDevice?: boolean } = {}) =>
    stepUp(gateway, person.client, person.authenticator, options)

  /** A refused operation, a wrong answer, and the right one, on a device that is remembered from then on. */
  async function proves(): Promise<void> {
    const { client, authenticator } = person
    gateway.clock.advance(301)
    const refused = await client.send(MyProfileDocument)
    const { mfaToken } = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
    const challenge = await challenged(client, authenticator.factorId, mfaToken)
    expect(await guess(client, challenge.id, wrongCode(authenticator, gateway))).toBe('CODE_INVALID')
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
    gateway.clock.advance(30)
    await prove({ rememberDevice: true })
    const device = dataOf(await client.send(MyDevicesDocument)).myDevices.find(({ current }) => current)
    const deviceId = device?.id ?? ''
    dataOf(await client.send(RenameDeviceDocument, { input: { deviceId, name: 'Laptop' } }))
    const ofDevice = [...client.cookies].filter(([name]) => name.includes('device'))
    const again = await signIn(gateway, person.email, { cookies: new Map(ofDevice) })
    expect(again.result.__typename).toBe('SignedIn')
    dataOf(await again.client.send(SignOutDocument))
    dataOf(await client.send(ForgetDeviceDocument, { deviceId }))
  }

  async function managesFactors(): Promise<void> {
    const { authenticator } = await enrollTotp(gateway, person.client)
    const { factorId } = authenticator
    dataOf(await person.client.send(RenameFactorDocument, { input: { factorId, name: 'Tablet' } }))
    dataOf(await person.client.send(RemoveFactorDocument, { factorId }))
    dataOf(await person.client.send(RegenerateRecoveryCodesDocument))
  }

  /** A phone whose stolen refresh token comes back, a browser with a recovery code, and the end of its session. */
  async function usesOtherDevices(): Promise<void> {
    const { refreshToken } = await signInAppWithFactor(gateway, person)
    const next = dataOf(await refresh(gateway, refreshToken)).refreshSession
    dataOf(await refresh(gateway, next.refreshToken))
    gateway.clock.advance(60)
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')

    await prove()
    const { regenerateRecoveryCodes } = dataOf(await person.client.send(RegenerateRecoveryCodesDocument))
    const pending = await pendingSignIn(gateway, person.email)
    const asked = await challenged(pending.client, recoveryOption(pending.stepUp), pending.stepUp.mfaToken)
    const [code = ''] = regenerateRecoveryCodes.recoveryCodes
    expect(await guess(pending.client, asked.id, code)).toBe('PASSED')
    const { mySessions } = dataOf(await person.client.send(MySessionsDocument))
    const other = mySessions.find(({ current }) => !current)
    dataOf(await person.client.send(RevokeSessionDocument, { sessionId: other?.id ?? '' }))
  }

  /** Wrong passwords, wrong codes until there are no more attempts, and what is for operators only. */
  async function isRefused(): Promise<void> {
    const wrong = { email: person.email, password: 'not at all the passphrase' }
    await gateway.client().send(SignInDocument, { input: wrong })
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await gateway.client().send(SignInDocument, { input: { ...wrong, email: 'nobody@example.com' } })
    }
    expect(codeOf(await person.client.send(AccountsDocument))).toBe('FORBIDDEN')
    const { client, authenticator } = person
    const challenge = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 5; nth += 1) {
      await sendCode(client, challenge.id, wrongCode(authenticator, gateway, nth))
    }
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('TOO_MANY_ATTEMPTS')
    gateway.clock.advance(901)
  }

  async function changesAccount(): Promise<void> {
    await prove()
    dataOf(await person.client.send(UpdateProfileDocument, { input: { taxId: '12-345' } }))
    dataOf(await gateway.client().send(RequestPasswordResetDocument, { input: { email: person.email } }))
    const newEmail = 'moved@example.com'
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail } }))
    const token = await gateway.linkTokenFor(newEmail)
    dataOf(await person.client.send(VerifyEmailDocument, { input: { token } }))
    const wrong = { currentPassword: 'not at all the passphrase', newPassword: 'a passphrase made anew' }
    expect(codeOf(await person.client.send(ChangePasswordDocument, { input: wrong }))).not.toBeNull()
    const input = { ...wrong, currentPassword: PASSWORD }
    dataOf(await person.client.send(ChangePasswordDocument, { input }))
  }

  async function isEndedByOperator(): Promise<void> {
    const { client } = await signIn(gateway, ADMIN)
    await stepUp(gateway, client, operator.authenticator)
    const input = { accountId: idOf['the person'] ?? '', reason: 'as an example' }
    dataOf(await client.send(RevokeAccountSessionsDocument, { input }))
    operator = { ...operator, client }
  }

  it.each(EXPECTED)('%s, %s, by %s', (action, outcome, who, targetType) => {
    const found = events.filter((event) => event.action === action && event.outcome === outcome)
    const actor = { id: idOf[who], type: who === 'nobody' ? 'ANONYMOUS' : 'ACCOUNT' }
    const matching = found.filter((event) => event.actor.id === actor.id && event.actor.type === actor.type)
    expect(found.map((event) => event.actor)).toContainEqual(actor)
    for (const { targets, context, risk } of matching) {
      if (targetType === null) expect(targets).toEqual([])
      else expect(targets.map(({ type }) => type)).toContain(targetType)
      expect(context).toMatchObject({
        ip: '127.0.0.1',
        requestId: expect.any(String),
        operationName: expect.any(String),
      })
      expect(risk === null).toBe(action !== 'risk.assessed')
    }
  })

  it('names the session and the operation wherever a signed-in person acts', () => {
    const acting = events.filter(({ actor, action }) => actor.type === 'ACCOUNT' && !WITHOUT_SESSION.includes(action))
    const unnamed = acting.filter(
      ({ context }) => !/^.{22}$/.test(context?.sessionId ?? '') || !/./.test(context?.operationHash ?? ''),
    )
    expect(unnamed.map(({ action, context }) => [action, context?.operationName])).toEqual([])
    expect(new Set(acting.map(({ action }) => action)).size).toBeGreaterThan(15)
  })

  it('names the operation of every sign-in and refusal', () => {
    const coming = events.filter(({ action }) => WITHOUT_SESSION.includes(action))
    expect(coming.filter(({ context }) => !/./.test(context?.operationHash ?? ''))).toEqual([])
  })

  it('names only the callers who acted', () => {
    const ids = new Set(events.map(({ actor }) => actor.id))
    expect(ids).toEqual(new Set(Object.values(idOf)))
  })

  it('holds together afterwards', async () => {
    const { verifyAuditChain } = dataOf(await operator.client.send(VerifyAuditChainDocument))
    expect(verifyAuditChain).toMatchObject({ intact: true, checked: events.length })
  })
})

describe('the list of audit actions', () => {
  it('has none that no test looks for', () => {
    const tests = fileURLToPath(new URL('..', import.meta.url))
    const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const text = files.map((file) => readFileSync(join(tests, file), 'utf8')).join('\n')
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !text.includes(`'${action}'`))).toEqual([])
  })

  it('has none that no code names', () => {
    const source = fileURLToPath(new URL('../../src', import.meta.url))
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    const recording = files.filter((file) => file.endsWith('.ts') && !file.endsWith('audit-actions.ts'))
    const text = recording.map((file) => readFileSync(join(source, file), 'utf8')).join('\n')
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !text.includes(`'${action}'`))).toEqual([])
  })
})
