import type { LinkPage } from '../kernel/link-page.js'
import { assembleFactors } from './assemble-factors.js'
import { allowedOriginsOf, hasOutbox } from './defaults.js'
import type { Values } from './settings.js'

/** Everything the environment decides. Deeply frozen; keys, tokens and two addresses in it are secret. */
export type Config = ReturnType<typeof assembleConfig>

const DAY_SECONDS = 86_400
const PERCENT = 100

/** The values in their final form, with the defaults that follow from other settings. */
export function assembleConfig(values: Values) {
  const { process, server, installation, mail, risk, services, organizations, limitShares } = values
  const production = process.environment === 'production'
  const publicUrl = server.publicUrl ?? new URL(`http://localhost:${server.port}`)
  const mailedCodeSeconds = values.mailedCodes.isOn ? values.mailedCodes.seconds : null
  const mailFrom = mail.from ?? `stepgate@${publicUrl.hostname}`
  return {
    production,
    logLevel: process.logLevel,
    /** `keys` is empty where they must be loaded with `loadOrCreateKeys(store.dataDirectory)`. */
    ...installation,
    server: {
      ...server,
      /** An origin: scheme, host and port. */
      publicUrl: publicUrl.origin,
      allowedOrigins: allowedOriginsOf(values, publicUrl),
      introspection: server.introspection ?? !production,
    },
    audit: { ...values.audit, outbox: values.outbox },
    clock: values.clock,
    documents: values.documents,
    /** `mongodbUri` may hold a password. Null: the embedded store. */
    store: values.store,
    mail: {
      ...mail,
      from: mailFrom,
      /** May hold a password. Null: mail goes to the development outbox. */
      smtpUrl: mail.smtpUrl?.href ?? null,
      outbox: hasOutbox(values),
      confirmUrl: mail.confirmUrl?.href ?? `${publicUrl.origin}/confirm`,
      mailedCodeSeconds,
    },
    links: { ...linksOf(values, publicUrl), mailedCodeSeconds },
    sessions: { ...values.sessions, secretTimes: values.secretTimes },
    passwords: {
      /** The MFA policy decides which of the two configured lengths applies. */
      minLength: values.mfa.policy === 'REQUIRED' ? values.passwords.minLengthWithMfa : values.passwords.minLength,
      maxBytes: values.passwords.maxBytes,
      argon2: values.argon2,
    },
    mfa: values.mfa,
    challenges: values.challenges,
    ...assembleFactors(values, { publicUrl, mailFrom }),
    devices: values.devices,
    risk: {
      /** Risk is only recorded, without affecting sign-ins. */
      reportOnly: risk.mode === 'REPORT_ONLY',
      /** The highest score of each level, in nats. */
      thresholds: values.riskThresholds,
      /** The share of legitimate sign-ins that may be prompted, from 0 to 1; null: the threshold never moves. */
      promptBudget: risk.promptBudget === 0 ? null : risk.promptBudget / PERCENT,
      shareSeconds: risk.shareSeconds,
    },
    networks: values.networks,
    lists: values.lists,
    organizations: {
      ...organizations,
      invitationUrl: organizations.invitationUrl?.href ?? `${publicUrl.origin}/invitation`,
    },
    services: {
      maxKeys: services.maxKeys,
      lifetimeSeconds: services.lifetimeDays * DAY_SECONDS,
      overlapSeconds: services.overlapSeconds,
      proofSeconds: services.proofSeconds,
      trustedIssuers: services.trustedIssuers,
    },
    limits: values.limits,
    passwordTurns: turnsOf(values),
    /** Parts of budgets, from 0 to 1. */
    sharedNetworks: values.sharedNetworks,
    limitShares: {
      alarm: limitShares.alarm / PERCENT,
      enrollment: limitShares.enrollment / PERCENT,
      unknownDevice: limitShares.unknownDevice / PERCENT,
    },
  }
}

/** How many passwords are hashed at the same time, and who waits for how long. */
function turnsOf({ argon2, passwordTurns }: Values) {
  const { keptForKnown, waitSeconds, waitingKnownDevice, waitingSession } = passwordTurns
  const { waitingKnownNetwork, waitingUnknown, waitingNew } = passwordTurns
  return {
    atOnce: argon2.concurrency,
    keptForKnown,
    waitSeconds,
    mostWaiting: {
      'known-device': waitingKnownDevice,
      session: waitingSession,
      'known-network': waitingKnownNetwork,
      unknown: waitingUnknown,
      'new-password': waitingNew,
    },
  }
}

/** Links in mails lead to pages of the application, or to our own where it has none. */
function linksOf({ links, mail }: Values, publicUrl: URL) {
  const { magicLinkUrls, resetUrl } = links
  const ownPages: readonly LinkPage[] = [
    ...(links.magicLinks && magicLinkUrls.length === 0 ? (['magic-link'] as const) : []),
    ...(resetUrl === null ? (['reset-password'] as const) : []),
    ...(mail.confirmUrl === null ? (['confirm'] as const) : []),
  ]
  return {
    ...links,
    /** Pages that sign-in links may lead to, the default one first. */
    magicLinkUrls:
      magicLinkUrls.length > 0 ? magicLinkUrls.map(({ href }) => href) : [`${publicUrl.origin}/magic-link`],
    resetUrl: resetUrl?.href ?? `${publicUrl.origin}/reset-password`,
    ownPages,
  }
}
