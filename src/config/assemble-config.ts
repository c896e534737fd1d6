import { assembleFactors } from './assemble-factors.js'
import type { Config } from './config.js'
import { allowedOriginsOf, hasOutbox } from './defaults.js'
import type { Values } from './settings.js'

/** Groups the values by who reads them, and fills in the defaults that follow from other settings. */
export function assembleConfig(values: Values): Config {
  const production = values.environment === 'production'
  const publicUrl = values.publicUrl ?? new URL(`http://localhost:${values.port}`)
  const mailFrom = values.mailFrom ?? `stepgate@${publicUrl.hostname}`
  return {
    production,
    server: {
      host: values.host,
      port: values.port,
      publicUrl: publicUrl.origin,
      allowedOrigins: allowedOriginsOf(values, publicUrl),
      trustedProxies: values.trustedProxies,
      introspection: values.introspection ?? !production,
      requestTimeoutSeconds: values.requestTimeoutSeconds,
      headersTimeoutSeconds: values.headersTimeoutSeconds,
      keepAliveSeconds: values.keepAliveSeconds,
      drainSeconds: values.drainSeconds,
    },
    documents: {
      maxBodyBytes: values.maxBodyBytes,
      maxDepth: values.maxDepth,
      maxAliases: values.maxAliases,
      maxRootFields: values.maxRootFields,
      maxDirectives: values.maxDirectives,
      maxTokens: values.maxTokens,
      maxCost: values.maxCost,
    },
    store: {
      mongodbUri: values.mongodbUri,
      dataDirectory: values.dataDirectory,
      patienceMilliseconds: values.storePatienceMilliseconds,
    },
    keys: values.keys,
    administrators: values.administrators,
    serviceName: values.serviceName,
    logLevel: values.logLevel,
    mail: {
      from: mailFrom,
      smtpUrl: values.smtpUrl?.href ?? null,
      outbox: hasOutbox(values),
      confirmUrl: values.confirmUrl?.href ?? `${publicUrl.origin}/confirm`,
      confirmationSeconds: values.confirmationSeconds,
      confirmationAttempts: values.confirmationAttempts,
    },
    links: {
      magicLinks: values.magicLinks,
      magicLinkUrls:
        values.magicLinkUrls.length > 0
          ? values.magicLinkUrls.map(({ href }) => href)
          : [`${publicUrl.origin}/magic-link`],
      magicLinkSeconds: values.magicLinkSeconds,
      magicLinkSignUp: values.magicLinkSignUp,
      resetUrl: values.passwordResetUrl?.href ?? `${publicUrl.origin}/reset-password`,
      resetSeconds: values.passwordResetSeconds,
      ownPages: [
        ...(values.magicLinks && values.magicLinkUrls.length === 0 ? (['magic-link'] as const) : []),
        ...(values.passwordResetUrl === null ? (['reset-password'] as const) : []),
        ...(values.confirmUrl === null ? (['confirm'] as const) : []),
      ],
    },
    sessions: {
      idleSeconds: values.sessionIdleSeconds,
      absoluteSeconds: values.sessionAbsoluteSeconds,
      pendingSeconds: values.sessionPendingSeconds,
      perAccount: values.sessionsPerAccount,
      pendingPerAccount: values.pendingSessionsPerAccount,
      accessTokenSeconds: values.accessTokenSeconds,
      secretTimes: {
        supersededSeconds: values.supersededSecretSeconds,
        inFlightSeconds: values.inFlightSecretSeconds,
      },
    },
    passwords: {
      minLength: values.mfaPolicy === 'REQUIRED' ? values.passwordMinLengthWithMfa : values.passwordMinLength,
      maxBytes: values.passwordMaxBytes,
      argon2: {
        memoryKib: values.argon2MemoryKib,
        passes: values.argon2Passes,
        lanes: values.argon2Lanes,
        concurrency: values.argon2Concurrency,
      },
    },
    mfa: {
      policy: values.mfaPolicy,
      totpPastSteps: values.totpPastSteps,
      tokenSeconds: values.mfaTokenSeconds,
      factorsPerAccount: values.factorsPerAccount,
      factorFailureLimit: values.factorFailureLimit,
      stepUpBudget: values.stepUpBudget,
      stepUpLockSeconds: values.stepUpLockSeconds,
    },
    challenges: {
      totpSeconds: values.totpChallengeSeconds,
      otherSeconds: values.challengeSeconds,
      attempts: values.challengeAttempts,
      resendSeconds: values.resendSeconds,
      maxResendSeconds: values.maxResendSeconds,
    },
    ...assembleFactors(values, { publicUrl, mailFrom }),
    devices: {
      rememberedDays: values.rememberedDeviceDays,
      perAccount: values.devicesPerAccount,
      proofWindowSeconds: values.deviceProofWindowSeconds,
    },
    risk: {
      reportOnly: values.riskMode === 'REPORT_ONLY',
      thresholds: {
        low: values.riskThresholdLow,
        medium: values.riskThresholdMedium,
        high: values.riskThresholdHigh,
      },
      promptBudget: values.riskPromptBudget === 0 ? null : values.riskPromptBudget / 100,
      shareSeconds: values.riskShareSeconds,
    },
    networks: { asnFile: values.asnFile, classesFile: values.networkClasses },
    lists: { refreshSeconds: values.listRefreshSeconds, maxEntries: values.listEntries },
    organizations: {
      perPerson: values.organizationsPerPerson,
      admins: values.organizationAdmins,
      breakGlass: values.organizationBreakGlass,
      domains: values.organizationDomains,
      openInvitations: values.organizationInvitations,
      invitationSeconds: values.invitationSeconds,
      membersPerPage: values.membersPerPage,
      invitationUrl: values.invitationUrl?.href ?? `${publicUrl.origin}/invitation`,
      publicMailDomains: values.publicMailDomains,
      dnsServers: values.dnsServers,
    },
    services: {
      maxKeys: values.maxServiceKeys,
      lifetimeSeconds: values.serviceKeyDays * 86_400,
      overlapSeconds: values.serviceKeyOverlapSeconds,
      proofSeconds: values.proofSeconds,
      trustedIssuers: values.trustedIssuers,
    },
    limits: {
      signInPerAddressAndName: values.signInPerAddressAndName,
      signInPerAddress: values.signInPerAddress,
      signInPerName: values.signInPerName,
      signInPerDevice: values.signInPerDevice,
      signInOverall: values.signInOverall,
      publicMutationsPerAddress: values.publicMutationsPerAddress,
      refreshPerAddress: values.refreshPerAddress,
      smsPerAccount: values.smsPerAccount,
      smsPerNumber: values.smsPerNumber,
      smsPerPrefix: values.smsPerPrefix,
      smsOverall: values.smsOverall,
      emailCodePerAccount: values.emailCodePerAccount,
      messagePerAddress: values.messagePerAddress,
      messagePerDestination: values.messagePerDestination,
      passkeyPerAddress: values.passkeyPerAddress,
      pushDevicePerAddress: values.pushDevicePerAddress,
      serviceKeyPerAddress: values.serviceKeyPerAddress,
      authenticationPerTenant: values.authenticationPerTenant,
      externalTokenPerAddress: values.externalTokenPerAddress,
      signInPerSite: values.signInPerSite,
      signInPerPlace: values.signInPerPlace,
      signInsPerAccountAndAddress: values.signInsPerAccountAndAddress,
      messagePerDestinationAndNetwork: values.messagePerDestinationAndNetwork,
      messagePerDestinationAndKind: values.messagePerDestinationAndKind,
      messagePerDestinationFamiliar: values.messagePerDestinationFamiliar,
      messagePerDestinationAccounts: values.messagePerDestinationAccounts,
      messagePerDestinationAndDevice: values.messagePerDestinationAndDevice,
      messagePerDestinationOwn: values.messagePerDestinationOwn,
      refreshPerSession: values.refreshPerSession,
    },
    limitShares: {
      alarm: values.signInAlarmShare / 100,
      enrollment: values.messageEnrollmentShare / 100,
      unknownDevice: values.messageUnknownShare / 100,
    },
  }
}
