import type { Config } from './config.js'
import type { Values } from './settings.js'

/** Groups the values by who reads them, and fills in the defaults that follow from other settings. */
export function assembleConfig(values: Values): Config {
  const production = values.environment === 'production'
  const publicUrl = values.publicUrl ?? new URL(`http://localhost:${values.port}`)
  return {
    production,
    server: {
      host: values.host,
      port: values.port,
      publicUrl: publicUrl.origin,
      allowedOrigins: values.allowedOrigins.length > 0 ? values.allowedOrigins : originsOf(publicUrl),
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
      from: values.mailFrom ?? `stepgate@${publicUrl.hostname}`,
      smtpUrl: values.smtpUrl?.href ?? null,
      outbox: values.devOutbox ?? (!production && values.smtpUrl === null),
      confirmUrl: values.confirmUrl?.href ?? `${publicUrl.origin}/confirm`,
      confirmationSeconds: values.confirmationSeconds,
    },
    sessions: {
      idleSeconds: values.sessionIdleSeconds,
      absoluteSeconds: values.sessionAbsoluteSeconds,
      pendingSeconds: values.sessionPendingSeconds,
      perAccount: values.sessionsPerAccount,
      accessTokenSeconds: values.accessTokenSeconds,
      refreshGraceSeconds: values.refreshGraceSeconds,
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
    },
    devices: { rememberedDays: values.rememberedDeviceDays, perAccount: values.devicesPerAccount },
    limits: {
      signInPerAddressAndName: values.signInPerAddressAndName,
      signInPerAddress: values.signInPerAddress,
      signInPerName: values.signInPerName,
      signInPerDevice: values.signInPerDevice,
      signInOverall: values.signInOverall,
      publicMutationsPerAddress: values.publicMutationsPerAddress,
      refreshPerAddress: values.refreshPerAddress,
    },
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'] as const

/** The public URL's own origin; on a laptop also the other names of the same machine, which people type alike. */
function originsOf(publicUrl: URL): readonly string[] {
  if (!LOOPBACK.some((name) => name === publicUrl.hostname)) return [publicUrl.origin]
  const others = LOOPBACK.filter((name) => name !== publicUrl.hostname)
  return [publicUrl.origin, ...others.map((name) => originAt(publicUrl, name))]
}

function originAt(publicUrl: URL, hostname: string): string {
  const other = new URL(publicUrl)
  other.hostname = hostname
  return other.origin
}
