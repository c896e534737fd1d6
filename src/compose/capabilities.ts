import { createPasswordHasher, type MailSettings } from '../accounts/index.js'
import { createAuditLog, createRefusalLog } from '../audit/index.js'
import { loadOrCreateKeys, type Config } from '../config/index.js'
import {
  createOutbox,
  createSmtpMailer,
  createTextRecords,
  createTwilioTexts,
  createWebPush,
} from '../delivery/index.js'
import { callers } from './callers.js'
import { composeFactors } from './factors.js'
import { composeIssuers } from './issuers.js'
import { composePasskeySignIn, relyingPartyOf } from './passkeys.js'
import { composeRisk } from './risk.js'
import { assurancesBy } from '../kernel/assurance.js'
import { systemClock, type Clock } from '../kernel/clock.js'
import { createKeyRing } from '../kernel/key-ring.js'
import { repeatEvery } from '../kernel/repeat.js'
import { OFFER_ORDER } from '../kernel/factor-type.js'
import type { Logger } from '../kernel/logger.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import { createSecrets } from '../kernel/secrets.js'
import { createMessages, readTemplates } from '../messages/index.js'
import { createDirectory, mfaRules, publicMailDomains, watchBreakGlass } from '../organizations/index.js'
import { bootstrapOperator, listedAddresses } from '../operators/index.js'
import { createNotices } from '../notices/index.js'
import { createBudgets, createSignInBudget } from '../limits/index.js'
import { type AsnLookup, type GeoLookup, openNetworkClasses } from '../networks/index.js'
import { createServiceKeyDirectory } from '../service-keys/index.js'
import { createAccessTokens, createProofTokens, rememberRecordedUses } from '../sessions/index.js'
import type { OperatorBootstrap } from '../sign-in/index.js'
import { createDeviceProofs } from '../devices/index.js'
import { openRepositories, openStore, organizationRepository, type Store } from '../store/index.js'

/** What a gateway is made of; everything but the configuration has a default. */
export interface AppOptions {
  readonly config: Config
  readonly logger: Logger
  readonly clock?: Clock
  readonly geo?: GeoLookup
  readonly asn?: AsnLookup
  /** Keeps the embedded store in memory; for tests. */
  readonly inMemory?: boolean
  /** A store that is already open, in place of the configured one; it is closed with the gateway. */
  readonly store?: Store
}

/** How often counts of refusals are looked through for those whose window is over. */
const REFUSAL_SWEEP_SECONDS = 15

export type Capabilities = Awaited<ReturnType<typeof composeCapabilities>>

/** Makes every adapter and hands each use case what it needs, as one bag that structural types pick from. */
export async function composeCapabilities(options: AppOptions) {
  const { config, logger, clock = systemClock } = options
  const relyingParty = relyingPartyOf(config)
  // Before anything is opened: a mistake in a template stops the start.
  const { directory, ...messageSettings } = config.messages
  const messages = createMessages(
    { service: config.serviceName, language: messageSettings.language },
    directory === null ? new Map() : await readTemplates(directory),
  )
  const trustedIssuers = await composeIssuers(config, { clock, logger })
  const networks = await openNetworkClasses(logger, config.networks.classesFile)
  const masters = config.keys.length > 0 ? config.keys : await loadOrCreateKeys(config.store.dataDirectory)
  const ring = createKeyRing(masters)
  const secrets = createSecrets(ring)
  const store = options.store ?? (await openConfiguredStore(options, clock))
  const assurances = assurancesBy(config.factors)
  const installation = installationRule(config)
  const organizations = createDirectory({ organizationStore: organizationRepository(store) })
  const repositories = openRepositories(store, mfaRules({ directory: organizations, clock, assurances }, installation))
  await store.prepare()
  const { risk, asn, lists, countryOf, closeRisk } = await composeRisk(options, {
    clock,
    secrets,
    networks,
    ...repositories,
  })

  const audit = createAuditLog({
    store: repositories.auditStore,
    clock,
    secrets,
    countryOf,
  })
  const refusalLog = createRefusalLog({ audit, clock, logger, window: config.audit.refusals })
  const sweeping = repeatEvery(REFUSAL_SWEEP_SECONDS, () => refusalLog.sweep())
  const accessTokens = createAccessTokens(ring, clock, {
    issuer: config.server.publicUrl,
    audience: config.server.publicUrl,
    lifetimeSeconds: config.sessions.accessTokenSeconds,
  })
  const { mailer, outbox, texts, closeMailer } = composeMail(options, clock)
  const pushDelivery = createWebPush({ clock }, { vapid: config.vapid, services: config.push.services })
  const administrators = listedAddresses(config.administrators)
  const limits = { limits: repositories.limits, secrets, clock }
  const { publicMutationsPerAddress, ...perCaller } = config.limits
  const budgets = createBudgets({
    ...perCaller,
    signUpPerAddress: publicMutationsPerAddress,
    confirmationPerAddress: publicMutationsPerAddress,
  })
  const notices = createNotices({
    messages,
    mailer,
    audit,
    secrets,
    clock,
    logger,
    limits,
    budgets,
    countryOf,
    ...messageSettings,
  })
  const lifetimes = config.sessions
  const { sessions } = repositories
  const serviceKeyDirectory = createServiceKeyDirectory(repositories.serviceKeys)
  const identifyDeps = {
    people: sessions,
    sessions,
    audit,
    recordedUses: rememberRecordedUses(),
    accessTokens,
    secrets,
    clock,
    lifetimes,
    secretTimes: config.sessions.secretTimes,
    limits,
    budgets,
    serviceKeys: repositories.serviceKeys,
    serviceKeyDirectory,
  }
  return {
    ...repositories,
    directory: organizations,
    serviceKeyDirectory,
    config,
    logger,
    clock,
    secrets,
    store,
    audit,
    refusalLog,
    accessTokens,
    proofTokens: createProofTokens(ring, clock, {
      issuer: config.server.publicUrl,
      lifetimeSeconds: config.services.proofSeconds,
    }),
    trustedIssuers,
    serviceKeySettings: { ...config.services, ownAudience: config.server.publicUrl },
    deviceProofs: createDeviceProofs(
      { clock, secrets, spentChallenges: repositories.spentChallenges },
      { url: `${config.server.publicUrl}/graphql`, windowSeconds: config.devices.proofWindowSeconds },
    ),
    risk,
    asn,
    networks,
    lists,
    mailer,
    outbox,
    pushDelivery,
    audience: config.server.publicUrl,
    kinds: composeFactors({
      config,
      secrets,
      limits,
      budgets,
      audit,
      clock,
      logger,
      messages,
      mailer,
      texts,
      relyingParty,
      pushDelivery,
      pushDevices: repositories.pushDevices,
      countryOf,
    }),
    passkeys: composePasskeySignIn({ config, secrets, clock, relyingParty }),
    messages,
    notices,
    breakGlass: watchBreakGlass({ ...repositories, notices }),
    isPublicMail: publicMailDomains(config.organizations.publicMailDomains),
    textRecords: createTextRecords({ servers: config.organizations.dnsServers }),
    assurances,
    installation,
    administrators,
    operatorBootstrap: {
      giveListedRole: (account, when) =>
        bootstrapOperator({ ...repositories, audit, notices, secrets, administrators }, { account, ...when }),
    } satisfies OperatorBootstrap,
    lifetimes,
    limits,
    budgets,
    budget: createSignInBudget({ ...limits, budgets, alarmShare: config.limitShares.alarm }),
    passwords: await createPasswordHasher(config.passwords.argon2),
    passwordRules: { ...config.passwords, serviceWords: ['stepgate', config.serviceName] },
    mail: {
      confirmUrl: config.mail.confirmUrl,
      confirmationSeconds: config.mail.confirmationSeconds,
      confirmationAttempts: config.mail.confirmationAttempts,
    } satisfies MailSettings,
    identify: callers(identifyDeps),
    close: async () => {
      await sweeping.stop()
      await refusalLog.flush()
      await closeRisk()
      await closeMailer()
      await organizations.close()
      await serviceKeyDirectory.close()
      await store.close()
    },
  }
}

/** What holds for everybody, whatever their organizations add to it. */
function installationRule({ mfa, factors }: Config): MfaRule {
  const methods = OFFER_ORDER.filter((type) => (factors.enabled as readonly string[]).includes(type))
  return {
    required: mfa.policy === 'REQUIRED',
    methods,
    recoveryCodes: true,
    rememberedDevices: true,
    riskThresholds: null,
    session: null,
    setAside: null,
  }
}

function openConfiguredStore({ config, logger, inMemory = false }: AppOptions, clock: Clock): Promise<Store> {
  const { mongodbUri, patienceMilliseconds } = config.store
  const dataDirectory = inMemory ? null : config.store.dataDirectory
  return openStore(
    { dataDirectory, patienceMilliseconds, ...(mongodbUri === null ? {} : { mongodbUri }) },
    { clock, logger },
  )
}

/** After requests were drained: what stops the gateway must not have to wait twice as long. */
const MAIL_DRAIN_SECONDS = 5

/** Who carries mail and text messages; `texts` is null where nobody does. */
function composeMail({ config, logger }: AppOptions, clock: Clock) {
  const { smtpUrl, from } = config.mail
  const outbox = createOutbox({ clock, logger })
  const shown = config.mail.outbox ? outbox : null
  const texts = config.twilio ? createTwilioTexts(config.twilio, { logger }) : (shown?.texts ?? null)
  if (smtpUrl === null) return { mailer: outbox, outbox: shown, texts, closeMailer: () => Promise.resolve() }
  const { serviceName, production: requireTls, server } = config
  const smtp = createSmtpMailer({ url: smtpUrl, from, serviceName, requireTls }, { clock, logger })
  return {
    mailer: smtp,
    outbox: shown,
    texts,
    closeMailer: () => smtp.close(Math.min(server.drainSeconds, MAIL_DRAIN_SECONDS) * 1000),
  }
}
