import { accountsModule } from '../accounts/accounts.module.js'
import { adminModule } from '../admin/admin.module.js'
import { challengesModule } from '../challenges/challenges.module.js'
import { devicesModule } from '../devices/devices.module.js'
import { factorsModule } from '../factors/factors.module.js'
import type { PresentedPasskey } from '../factors/webauthn/index.js'
import { noticesModule } from '../notices/notices.module.js'
import { bootstrapOperator, listedAddresses } from '../operators/index.js'
import { discoverOrganizations, publicMailDomains, watchBreakGlass } from '../organizations/index.js'
import { organizationsModule } from '../organizations/organizations.module.js'
import { personalDataModule } from '../personal-data/personal-data.module.js'
import type { Policy } from '../policy/index.js'
import { policyModule } from '../policy/policy.module.js'
import { sessionsModule } from '../sessions/sessions.module.js'
import { signInModule } from '../sign-in/sign-in.module.js'
import type { Adapters } from './adapters.js'
import { composeFactors } from './factors.js'
import { composePasskeySignIn } from './passkeys.js'
import type { Services } from './services.js'

export type Modules = ReturnType<typeof composeModules>

/** The list of modules: each is given its ports here, by name, and nothing else. */
export function composeModules(adapters: Adapters, services: Services, policy: () => Policy) {
  const { config, logger, clock, secrets, assurances, installation, messages, directory, delivery, risk } = adapters
  const { repositories, serviceKeyDirectory, trustedIssuers, relyingParty } = adapters
  const { audit, limits, budgets, budget, callBudgets, guesses, passwords, turns, rules, tokens, deviceProofs } =
    services
  const { auditStore, requestedMail, messageBudget, recordedUses } = services
  const { accounts, confirmations, links, invitations, sessions, devices, factors, challenges } = repositories
  const { organizationStore, members, operators, spentChallenges, pushDevices } = repositories
  const { mailer, textRecords, push: pushDelivery } = delivery
  const everywhere = { audit, secrets, clock }
  const administrators = listedAddresses(config.administrators)
  const passwordRules = { ...config.passwords, serviceWords: ['stepgate', config.serviceName] }
  const organizationDeps = {
    organizationStore,
    members,
    directory,
    audit,
    clock,
    organizationLimits: config.organizations,
  }
  const isPublicMail = publicMailDomains(config.organizations.publicMailDomains)
  const kinds = composeFactors(adapters, services)
  const recovery = kinds.get('RECOVERY_CODE')
  if (!recovery) throw new Error('recovery codes are always enabled')
  const wrongLink = callBudgets.perAddress('confirmationPerAddress')

  const notice = noticesModule({
    ...everywhere,
    ...{ messages, mailer, logger, limits, budgets, assurances, wrongLink },
    countryOf: risk.countryOf,
    notMeUrl: config.messages.notMeUrl,
    notMeSeconds: config.messages.notMeSeconds,
    suspicions: repositories.suspicions,
  })
  const { notices } = notice
  const breakGlass = watchBreakGlass({ organizationStore, members, notices })
  const account = accountsModule({
    ...everywhere,
    ...{ accounts, confirmations, passwords, turns, passwordRules, guesses, administrators },
    ...{ messages, requestedMail, messageBudget, notices },
    mail: config.mail,
    confirmationSeconds: config.mail.confirmationSeconds,
    budgets: {
      signUp: callBudgets.perAddress('signUpPerAddress'),
      giveBackSignUp: (context, at) => callBudgets.giveBackToAddress('signUpPerAddress', context, at),
      wrongConfirmation: wrongLink,
    },
  })
  const membership = { ...organizationDeps, invitations, sessions, assurances, installation, isPublicMail, secrets }
  const organization = organizationsModule({
    ...membership,
    ...{ textRecords, messages, requestedMail, messageBudget, notices },
    demandGuard: (asked) => policy().foresight.demand(asked),
    invitationUrl: config.organizations.invitationUrl,
    spendOrganization: callBudgets.organizations,
  })
  const challenge = challengesModule({
    ...everywhere,
    ...{ challenges, factors, kinds, pushDevices, pushDelivery, deviceProofs, tokens, rules, assurances, notices },
    risk: risk.deps,
    audience: config.server.publicUrl,
    wrongDeviceCalls: callBudgets.perAddress('pushDevicePerAddress'),
  })
  const signIn = signInModule<PresentedPasskey>({
    ...everywhere,
    ...{ sessions, accounts, confirmations, links, devices, spentChallenges, passwords, turns, passwordRules },
    ...{ trustedIssuers, deviceProofs, budget, callBudgets, messages, requestedMail, messageBudget },
    ...{ tokens, assurances, rules, notices, breakGlass, recordedUses },
    people: sessions,
    openChallenge: challenge.openChallenge,
    startChallenge: challenge.startChallenge,
    entering: membership,
    choicePolicy: {
      demand: (asked) => policy().foresight.demand(asked),
      wouldAllow: (asked) => policy().foresight.wouldAllow(asked),
      nextStepUp: (asked) => policy().foresight.nextStepUp(asked),
    },
    risk: risk.deps,
    linkSettings: config.links,
    passkeys: composePasskeySignIn({ config, secrets, clock, relyingParty }),
    discover: (person) =>
      discoverOrganizations({ directory, organizationStore, invitations, isPublicMail, clock }, person),
    stepUpRule: rules.stepUp,
    operatorBootstrap: {
      giveListedRole: (who, when) =>
        bootstrapOperator({ operators, audit, notices, secrets, administrators }, { account: who, ...when }),
    },
  })
  const session = sessionsModule({
    ...everywhere,
    ...{ sessions, limits, budgets, assurances },
    risk: risk.deps,
    riskReportOnly: rules.riskReportOnly,
    accessTokens: tokens.accessTokens,
    lifetimes: rules.sessions.lifetimes,
    secretTimes: rules.sessions.secretTimes,
    wrongRefreshes: callBudgets.perAddress('refreshPerAddress'),
  })
  const erasing = {
    ...everywhere,
    ...{ auditStore, limits, budgets, notices },
    erasures: repositories.erasures,
    waiting: { confirmations, links, invitations },
    organizations: organizationDeps,
  }
  const personalData = personalDataModule({ ...erasing, guesses, passwords, turns })
  const admin = adminModule({
    auditVerifier: services.auditVerifierIn(1),
    auditVerifySeconds: config.audit.verifySeconds,
    ...erasing,
    ...organizationDeps,
    ...{ accounts, sessions, assurances, policy, serviceKeyDirectory },
    accountCare: repositories.accountCare,
    sessionRules: rules.sessions,
    stepUpRule: rules.stepUp,
    listStore: repositories.listStore,
    lists: risk.lists,
    maxListEntries: config.lists.maxEntries,
    asn: risk.asn,
    risk: risk.deps,
    riskLabels: repositories.riskLabels,
    serviceKeys: repositories.serviceKeys,
    serviceKeySettings: { ...config.services, ownAudience: config.server.publicUrl },
  })
  const modules = [
    ...[account, organization, signIn, session, challenge, notice, personalData, admin],
    devicesModule({ devices, audit, clock }),
    factorsModule({ factors, recovery, audit, clock, notices, assurances }),
    policyModule({ policy }),
  ]
  return {
    resolvers: modules.flatMap((module): readonly object[] => module.resolvers),
    ...{ kinds, notices, breakGlass },
    resumeErasures: personalData.resumeErasures,
  }
}
