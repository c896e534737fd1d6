import { getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql'
import {
  AcceptInvitationDocument,
  ApprovePushRequestDocument,
  CancelChallengeDocument,
  ChallengeFactorDocument,
  ChangePhoneDocument,
  DenyPushRequestDocument,
  EnrollFactorDocument,
  EraseAccountDocument,
  ExportAccountDataDocument,
  ForgetDeviceDocument,
  MyDevicesDocument,
  MySessionsDocument,
  RemoveFactorDocument,
  RenameDeviceDocument,
  RenameFactorDocument,
  RequireReEnrollmentDocument,
  ResetFactorsDocument,
  RevokeAccountSessionsDocument,
  RevokeServiceKeyDocument,
  RevokeSessionDocument,
  RotateServiceKeyDocument,
  UnlockAccountDocument,
  VerifyChallengeDocument,
  AllowAddressDocument,
  BlockAddressDocument,
  LabelRiskDecisionDocument,
  RemoveListEntryDocument,
  InviteMemberDocument,
  JoinOrganizationDocument,
  LeaveOrganizationDocument,
  RemoveMemberDocument,
  RevokeInvitationDocument,
  SelectOrganizationDocument,
  SetBreakGlassDocument,
  SetMemberRoleDocument,
  SetMfaOptInDocument,
} from '../../src/client/generated/graphql.js'
import { challenged } from '../support/answers.js'
import { dataOf, type Answer } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { createOrganization } from '../support/organizations.js'
import { withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { storedAccount } from '../support/stored.js'

interface Ids {
  readonly session: string
  readonly device: string
  readonly factor: string
  readonly challenge: string
  readonly account: string
  readonly organization: string
  readonly invitation: string
}

const UNKNOWN: Ids = {
  session: 'S'.repeat(22),
  device: 'D'.repeat(22),
  factor: 'F'.repeat(22),
  challenge: 'C'.repeat(22),
  account: 'A'.repeat(22),
  organization: 'O'.repeat(22),
  invitation: 'I'.repeat(22),
}

/** A call of a device, with a signature nobody made. */
const unsigned = ({ account, factor, challenge }: Ids) => ({
  device: `${account}.${factor}`,
  challengeId: challenge,
  issuedAt: '2100-03-01T09:00:00.000Z',
  signature: 'A'.repeat(86),
})

type Call = readonly [document: { toString(): string }, variables: (ids: Ids) => Record<string, unknown>]

/** Every mutation that takes an id of somebody’s. */
const CALLS: Readonly<Record<string, Call>> = {
  enrollFactor: [EnrollFactorDocument, ({ factor }) => ({ input: { type: 'TOTP', replaces: factor } })],
  removeFactor: [RemoveFactorDocument, ({ factor }) => ({ factorId: factor })],
  renameFactor: [RenameFactorDocument, ({ factor }) => ({ input: { factorId: factor, name: 'mine now' } })],
  challengeFactor: [ChallengeFactorDocument, ({ factor }) => ({ input: { factorId: factor } })],
  verifyChallenge: [
    VerifyChallengeDocument,
    ({ challenge }) => ({ input: { challengeId: challenge, code: '123456' } }),
  ],
  cancelChallenge: [CancelChallengeDocument, ({ challenge }) => ({ challengeId: challenge })],
  approvePushRequest: [ApprovePushRequestDocument, (ids) => ({ input: { ...unsigned(ids), number: '42' } })],
  denyPushRequest: [DenyPushRequestDocument, (ids) => ({ input: unsigned(ids) })],
  renameDevice: [RenameDeviceDocument, ({ device }) => ({ input: { deviceId: device, name: 'mine now' } })],
  forgetDevice: [ForgetDeviceDocument, ({ device }) => ({ deviceId: device })],
  revokeSession: [RevokeSessionDocument, ({ session }) => ({ sessionId: session })],
  revokeAccountSessions: [
    RevokeAccountSessionsDocument,
    ({ account }) => ({ input: { accountId: account, reason: 'x' } }),
  ],
  changePhone: [
    ChangePhoneDocument,
    ({ factor }) => ({ input: { factorId: factor, newPhoneNumber: '+31 6 12345678' } }),
  ],
  resetFactors: [ResetFactorsDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
  requireReEnrollment: [RequireReEnrollmentDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
  blockAddress: [BlockAddressDocument, ({ device }) => ({ input: { deviceId: device, note: 'x' } })],
  allowAddress: [AllowAddressDocument, ({ device }) => ({ input: { deviceId: device, note: 'x' } })],
  labelRiskDecision: [LabelRiskDecisionDocument, ({ challenge }) => ({ id: challenge, label: 'LEGITIMATE' })],
  removeListEntry: [RemoveListEntryDocument, ({ device }) => ({ id: device })],
  selectOrganization: [SelectOrganizationDocument, ({ organization }) => ({ input: { organizationId: organization } })],
  acceptInvitation: [AcceptInvitationDocument, ({ organization }) => ({ input: { organizationId: organization } })],
  joinOrganization: [JoinOrganizationDocument, ({ organization }) => ({ organizationId: organization })],
  leaveOrganization: [LeaveOrganizationDocument, ({ organization }) => ({ organizationId: organization })],
  setMfaOptIn: [SetMfaOptInDocument, ({ organization }) => ({ input: { organizationId: organization, optIn: true } })],
  setMemberRole: [SetMemberRoleDocument, ({ account }) => ({ input: { accountId: account, role: 'ADMIN' } })],
  removeMember: [RemoveMemberDocument, ({ account }) => ({ accountId: account })],
  setBreakGlass: [
    SetBreakGlassDocument,
    ({ account }) => ({ input: { accountId: account, enabled: true, reason: 'x' } }),
  ],
  revokeInvitation: [RevokeInvitationDocument, ({ invitation }) => ({ invitationId: invitation })],
  revokeServiceKey: [RevokeServiceKeyDocument, ({ device }) => ({ id: device })],
  rotateServiceKey: [RotateServiceKeyDocument, ({ device }) => ({ id: device })],
  exportAccountData: [ExportAccountDataDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
  eraseAccount: [
    EraseAccountDocument,
    ({ account }) => ({ input: { accountId: account, reason: 'x', abandonsOrganizations: true } }),
  ],
  unlockAccount: [UnlockAccountDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
}

/** They may name an organization to go to: see r103-tenants. */
const SIGN_INS: ReadonlySet<string> = new Set([
  'signIn',
  'signInWithPasskey',
  'signInWithMagicLink',
  'resetPassword',
  'signInWithExternalToken',
])

const seenIn = ({ status, text }: Answer<unknown>) => ({ status, text })

describe.each(STORES)('R102 the ids of somebody else, on the %s store', (store) => {
  let gateway: TestGateway
  let alice: PersonWithFactor
  let bob: PersonWithFactor
  let ids: Ids

  beforeAll(async () => {
    gateway = await startGateway({ store })
    alice = await withTotp(gateway)
    bob = await withTotp(gateway)
    const session = dataOf(await alice.client.send(MySessionsDocument)).mySessions[0]!.id
    const device = dataOf(await alice.client.send(MyDevicesDocument)).myDevices[0]!.id
    const factor = alice.authenticator.factorId
    const challenge = (await challenged(alice.client, factor)).id
    // Each administers an organization of their own.
    const organization = await createOrganization(alice.client, 'Of Alice')
    await createOrganization(bob.client, 'Of Bob')
    const input = { email: 'invited@example.com', role: 'MEMBER' } as const
    const invitation = dataOf(await alice.client.send(InviteMemberDocument, { input })).inviteMember.id
    const account = (await storedAccount(gateway, alice.email))._id
    ids = { session, device, factor, challenge, account, organization, invitation }
  })
  afterAll(() => gateway.close())

  it('covers every mutation that takes an id', () => {
    const taking = ROOT_FIELDS.filter(
      ({ operation, args }) => operation === 'mutation' && args.some((arg) => holdsId(arg.type)),
    )
    const names = taking.map(({ name }) => name).filter((name) => !SIGN_INS.has(name))
    expect(names.sort()).toEqual(Object.keys(CALLS).sort())
  })

  it.each(Object.entries(CALLS))(
    'answer %s like ids that nobody has, and change nothing',
    async (_, [document, of]) => {
      const [aliceBefore, bobBefore] = [
        await storedAccount(gateway, alice.email),
        await storedAccount(gateway, bob.email),
      ]
      const foreign = await bob.client.send(document.toString(), of(ids))
      const unknown = await bob.client.send(document.toString(), of(UNKNOWN))
      expect(seenIn(foreign)).toEqual(seenIn(unknown))
      expect(foreign.text).not.toContain(ids.account)
      expect(await storedAccount(gateway, alice.email)).toEqual(aliceBefore)
      expect(await storedAccount(gateway, bob.email)).toEqual(bobBefore)
    },
  )

  it('answer another session of the same person alike, when the challenge is not its own', async () => {
    const input = { challengeId: ids.challenge, code: alice.authenticator.code() }
    const { verifyChallenge } = dataOf(await bob.client.send(VerifyChallengeDocument, { input }))
    expect(verifyChallenge).toMatchObject({ __typename: 'ChallengeFailed', code: 'CHALLENGE_NOT_AVAILABLE' })
  })
})

function holdsId(type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return named.name === 'ID'
  return Object.values(named.getFields()).some((field) => holdsId(field.type))
}
