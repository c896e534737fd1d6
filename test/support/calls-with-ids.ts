import { getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql'
import {
  AcceptInvitationDocument,
  ReadAccountDocument,
  AllowAddressDocument,
  ApprovePushRequestDocument,
  ReadAuditEventDocument,
  AuditEventsDocument,
  BeginAuthenticationDocument,
  BlockAddressDocument,
  CancelChallengeDocument,
  ChallengeFactorDocument,
  WatchChallengeDocument,
  ChangePhoneDocument,
  DenyPushRequestDocument,
  EnrollFactorDocument,
  EndMembershipDocument,
  EraseAccountDocument,
  ExportAccountDataDocument,
  ForgetDeviceDocument,
  JoinOrganizationDocument,
  LabelRiskDecisionDocument,
  LeaveOrganizationDocument,
  RemoveFactorDocument,
  RemoveListEntryDocument,
  RemoveMemberDocument,
  RenameDeviceDocument,
  RenameFactorDocument,
  RequireReEnrollmentDocument,
  ResetFactorsDocument,
  RevokeAccountSessionsDocument,
  RevokeInvitationDocument,
  RevokeServiceKeyDocument,
  RevokeSessionDocument,
  ReadRiskDecisionDocument,
  RotateServiceKeyDocument,
  SelectOrganizationDocument,
  SetBreakGlassDocument,
  SetMemberRoleDocument,
  SetMfaOptInDocument,
  UnlockAccountDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { ROOT_FIELDS } from './root-fields.js'

export interface Ids {
  readonly session: string
  readonly device: string
  readonly factor: string
  readonly challenge: string
  readonly account: string
  readonly organization: string
  readonly invitation: string
  /** Of an audit event, including a risk decision. */
  readonly event: string
  readonly serviceKey: string
  /** Of the allow and block lists. */
  readonly entry: string
}

export const UNKNOWN: Ids = {
  session: 'S'.repeat(22),
  device: 'D'.repeat(22),
  factor: 'F'.repeat(22),
  challenge: 'C'.repeat(22),
  account: 'A'.repeat(22),
  organization: 'O'.repeat(22),
  invitation: 'I'.repeat(22),
  event: 'E'.repeat(22),
  serviceKey: 'K'.repeat(22),
  entry: 'L'.repeat(22),
}

/** A call of a device, with an invalid signature. */
const unsigned = ({ account, factor, challenge }: Ids) => ({
  device: `${account}.${factor}`,
  challengeId: challenge,
  issuedAt: '2100-03-01T09:00:00.000Z',
  signature: 'A'.repeat(86),
})

export type Call = readonly [document: { toString(): string }, variables: (ids: Ids) => Record<string, unknown>]

/** Every field that takes another's id, with everything else valid. */
export const CALLS: Readonly<Record<string, Call>> = {
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
  labelRiskDecision: [LabelRiskDecisionDocument, ({ event }) => ({ id: event, label: 'LEGITIMATE' })],
  removeListEntry: [RemoveListEntryDocument, ({ entry }) => ({ id: entry })],
  beginAuthentication: [
    BeginAuthenticationDocument,
    ({ factor }) => ({
      input: {
        ...{ subject: 'ada', email: 'ada@example.com', device: { ip: '203.0.113.1', userAgent: 'Mozilla/5.0' } },
        beginChallenge: { factorId: factor },
      },
    }),
  ],
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
  revokeServiceKey: [RevokeServiceKeyDocument, ({ serviceKey }) => ({ id: serviceKey })],
  rotateServiceKey: [RotateServiceKeyDocument, ({ serviceKey }) => ({ id: serviceKey })],
  exportAccountData: [ExportAccountDataDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
  eraseAccount: [
    EraseAccountDocument,
    ({ account }) => ({ input: { accountId: account, reason: 'x', abandonsOrganizations: true } }),
  ],
  endMembership: [
    EndMembershipDocument,
    ({ account, organization }) => ({ input: { accountId: account, organizationId: organization, reason: 'x' } }),
  ],
  account: [ReadAccountDocument, ({ account }) => ({ id: account })],
  auditEvent: [ReadAuditEventDocument, ({ event }) => ({ id: event })],
  auditEvents: [AuditEventsDocument, ({ account }) => ({ filter: { accountId: account } })],
  riskDecision: [ReadRiskDecisionDocument, ({ event }) => ({ id: event })],
  challengeStatus: [WatchChallengeDocument, ({ challenge }) => ({ challengeId: challenge })],
  unlockAccount: [UnlockAccountDocument, ({ account }) => ({ input: { accountId: account, reason: 'x' } })],
}

/** They may name an organization to sign in to: see r103-tenant-matrix. */
const SIGN_INS: ReadonlySet<string> = new Set([
  'signIn',
  'signInWithPasskey',
  'signInWithMagicLink',
  'resetPassword',
  'signInWithExternalToken',
])

/** The fields of the schema that take an id and do not sign in: each must have its call. */
export const FIELDS_WITH_IDS: readonly string[] = ROOT_FIELDS.filter(
  ({ name, args }) => !SIGN_INS.has(name) && args.some((arg) => holdsId(arg.type)),
).map(({ name }) => name)

function holdsId(type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return named.name === 'ID'
  return Object.values(named.getFields()).some((field) => holdsId(field.type))
}
