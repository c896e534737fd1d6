import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import { AccountChangesResolver } from '../accounts/account-changes.graphql.js'
import { MeResolver } from '../accounts/me.graphql.js'
import { SignUpResolver } from '../accounts/sign-up.graphql.js'
import { AccessPolicyResolver } from '../admin/access-policy.graphql.js'
import { AccountCareResolver } from '../admin/account-care.graphql.js'
import { AdminAccountsResolver } from '../admin/accounts.graphql.js'
import { AuditResolver } from '../admin/audit.graphql.js'
import { EndMembershipResolver } from '../admin/end-membership.graphql.js'
import { ListsResolver } from '../admin/lists.graphql.js'
import { RiskDecisionsResolver } from '../admin/risk-decisions.graphql.js'
import { ServiceKeysResolver } from '../admin/service-keys.graphql.js'
import { AdminPersonalDataResolver } from '../admin/personal-data.graphql.js'
import { ChallengeResolver } from '../challenges/challenge-resolver.graphql.js'
import { EnrollmentResolver } from '../challenges/enrollment.graphql.js'
import { PushResolver } from '../challenges/push-resolver.graphql.js'
import type { Capabilities } from './capabilities.js'
import { deviceSettings } from './policy.js'
import { DeviceResolver } from '../devices/device.graphql.js'
import type { PresentedPasskey, WithFactors } from '../factors/webauthn/index.js'
import { FactorResolver } from '../factors/factor-resolver.graphql.js'
import { HomegrownResolver } from '../sign-in/backend/homegrown-resolver.graphql.js'
import { ReportNotMeResolver } from '../notices/report-not-me.graphql.js'
import { DomainsResolver } from '../organizations/domains.graphql.js'
import { discoverOrganizations } from '../organizations/index.js'
import { InvitationsResolver } from '../organizations/invitations.graphql.js'
import { MemberProfileResolver } from '../organizations/member-profile.graphql.js'
import { MembersResolver } from '../organizations/members.graphql.js'
import { MfaPolicyResolver } from '../organizations/mfa-policy.graphql.js'
import { OrganizationResolver } from '../organizations/organization-resolver.graphql.js'
import { PersonalDataResolver } from '../personal-data/personal-data.graphql.js'
import type { Policy } from '../policy/index.js'
import { StepUpPreviewResolver } from '../policy/step-up-preview.graphql.js'
import { boundedMail, spendMailRequest } from './bound-mail.js'
import { countSignIn, passwordGuesses, spendOrganization, spendPerAddress, spendPerTenant } from './spend-limits.js'
import { PasskeyResolver } from '../sign-in/passkey/passkey-sign-in.graphql.js'
import type { PasskeyHolder } from '../sign-in/index.js'
import { ExternalSignInResolver } from '../sign-in/issuer/external-sign-in.graphql.js'
import { DiscoveryResolver } from '../sign-in/discovery.graphql.js'
import { MagicLinkResolver } from '../sign-in/link/magic-link.graphql.js'
import { PasswordResetResolver } from '../sign-in/link/password-reset.graphql.js'
import { PasswordSignInResolver } from '../sign-in/password/password-sign-in.graphql.js'
import { SessionResolver } from '../sessions/session-resolver.graphql.js'

type ResolverClass = new (...args: never[]) => object

/** The schema of the gateway: every resolver with what it needs. A test keeps `schema/stepgate.graphql` equal to it. */
export function buildAppSchema(capabilities: Capabilities, policy: () => Policy): GraphQLSchema {
  const instances = resolversOf(capabilities, policy)
  return buildSchemaSync({
    resolvers: [...instances.keys()] as unknown as NonEmptyArray<ResolverClass>,
    container: { get: (type) => instances.get(type as ResolverClass) },
    validate: false,
    // The schema is the same at every start, and a test validates it.
    skipCheck: true,
  })
}

function resolversOf(capabilities: Capabilities, policy: () => Policy): ReadonlyMap<ResolverClass, object> {
  const { config, kinds } = capabilities
  const recovery = kinds.get('RECOVERY_CODE')
  if (!recovery) throw new Error('recovery codes are always on offer')
  const everything = {
    ...capabilities,
    recovery,
    settings: { ...config.challenges, factorFailureLimit: config.mfa.factorFailureLimit },
    factorLifetimeSeconds: config.factors.lifetimeSeconds,
    recoveryCodeReEnrolls: config.factors.recoveryCodeUse === 'REENROLL',
    stepUpRule: { ...config.mfa.stepUpBudget, lockSeconds: config.mfa.stepUpLockSeconds },
    maxFactors: config.mfa.factorsPerAccount,
    maxListEntries: config.lists.maxEntries,
    organizationLimits: config.organizations,
    invitationUrl: config.organizations.invitationUrl,
    maxSessions: config.sessions.perAccount,
    maxPendingSessions: config.sessions.pendingPerAccount,
    linkSettings: config.links,
    mfaTokenSeconds: config.mfa.tokenSeconds,
    riskReportOnly: config.risk.reportOnly,
    deviceSettings: deviceSettings(config),
    discover: (person: Parameters<typeof discoverOrganizations>[1]) => discoverOrganizations(capabilities, person),
    confirmationSeconds: config.mail.confirmationSeconds,
    secretTimes: config.sessions.secretTimes,
    guesses: passwordGuesses(capabilities),
    requestedMail: boundedMail(capabilities),
    messageBudget: spendMailRequest(capabilities),
    wrongDeviceCalls: spendPerAddress(capabilities, 'pushDevicePerAddress'),
    tenantBudget: spendPerTenant(capabilities),
    countSignIn: countSignIn(capabilities),
    spendOrganization: spendOrganization(capabilities),
    wrongRefreshes: spendPerAddress(capabilities, 'refreshPerAddress'),
  }
  const signUpBudgets = {
    signUp: spendPerAddress(capabilities, 'signUpPerAddress'),
    wrongConfirmation: spendPerAddress(capabilities, 'confirmationPerAddress'),
  }
  const resolvers = [
    new SignUpResolver({ ...everything, budgets: signUpBudgets }),
    new MeResolver(everything),
    new AccountChangesResolver(everything),
    new PersonalDataResolver(everything),
    new PasswordSignInResolver(everything),
    new SessionResolver(everything),
    new DiscoveryResolver(everything),
    new MagicLinkResolver({ ...everything, countWrong: signUpBudgets.wrongConfirmation }),
    new PasswordResetResolver({ ...everything, countWrong: signUpBudgets.wrongConfirmation }),
    new PasskeyResolver<PasskeyHolder & WithFactors, PresentedPasskey>({
      ...everything,
      people: capabilities.sessions,
      countWrong: spendPerAddress(capabilities, 'passkeyPerAddress'),
    }),
    new EnrollmentResolver(everything),
    new ChallengeResolver(everything),
    new PushResolver(everything),
    new FactorResolver(everything),
    new DeviceResolver(everything),
    new OrganizationResolver(everything),
    new MfaPolicyResolver(everything),
    new MembersResolver(everything),
    new MemberProfileResolver(everything),
    new InvitationsResolver(everything),
    new DomainsResolver(everything),
    new ReportNotMeResolver({ ...everything, wrongLink: signUpBudgets.wrongConfirmation }),
    new StepUpPreviewResolver(policy),
    new AccessPolicyResolver(policy),
    new AuditResolver({ store: capabilities.auditStore }),
    new AdminAccountsResolver(everything),
    new AccountCareResolver(everything),
    new EndMembershipResolver(everything),
    new AdminPersonalDataResolver(everything),
    new ListsResolver(everything),
    new RiskDecisionsResolver(everything),
    new ServiceKeysResolver(everything),
    new HomegrownResolver(everything),
    new ExternalSignInResolver({
      ...everything,
      countWrong: spendPerAddress(capabilities, 'externalTokenPerAddress'),
    }),
  ]
  return new Map(resolvers.map((resolver) => [resolver.constructor as ResolverClass, resolver]))
}
