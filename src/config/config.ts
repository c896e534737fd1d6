import type { ConfiguredKey, Rate } from './parsers.js'

/** Everything the environment decides. Frozen to the bottom; the keys are the only secrets besides the two addresses. */
export interface Config {
  readonly production: boolean
  readonly server: {
    readonly host: string
    readonly port: number
    /** An origin: scheme, host and port. */
    readonly publicUrl: string
    readonly allowedOrigins: readonly string[]
    readonly trustedProxies: readonly string[]
    readonly introspection: boolean
    readonly requestTimeoutSeconds: number
    readonly headersTimeoutSeconds: number
    readonly keepAliveSeconds: number
    readonly drainSeconds: number
  }
  readonly documents: {
    readonly maxBodyBytes: number
    readonly maxDepth: number
    readonly maxAliases: number
    readonly maxRootFields: number
    readonly maxDirectives: number
    readonly maxTokens: number
    readonly maxCost: number
  }
  readonly store: {
    /** May hold a password. Null: the embedded store. */
    readonly mongodbUri: string | null
    readonly dataDirectory: string
    /** How long MongoDB may take to answer one command. */
    readonly patienceMilliseconds: number
  }
  /** Empty: load them with `loadOrCreateKeys(store.dataDirectory)`. */
  readonly keys: readonly ConfiguredKey[]
  readonly administrators: readonly string[]
  readonly serviceName: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly mail: {
    readonly from: string
    /** May hold a password. Null: mail goes to the development outbox. */
    readonly smtpUrl: string | null
    readonly outbox: boolean
    readonly confirmUrl: string
    readonly confirmationSeconds: number
  }
  readonly sessions: {
    readonly idleSeconds: number
    readonly absoluteSeconds: number
    readonly pendingSeconds: number
    readonly perAccount: number
    readonly accessTokenSeconds: number
    readonly refreshGraceSeconds: number
  }
  readonly passwords: {
    /** What the MFA policy makes of the two configured lengths. */
    readonly minLength: number
    readonly maxBytes: number
    readonly argon2: {
      readonly memoryKib: number
      readonly passes: number
      readonly lanes: number
      readonly concurrency: number
    }
  }
  readonly mfa: {
    readonly policy: 'OPTIONAL' | 'REQUIRED'
    readonly totpPastSteps: number
    readonly tokenSeconds: number
    readonly factorsPerAccount: number
    readonly factorFailureLimit: number
    readonly stepUpBudget: Rate
    readonly stepUpLockSeconds: number
  }
  readonly challenges: {
    /** TOTP and passkeys. */
    readonly totpSeconds: number
    readonly otherSeconds: number
    readonly attempts: number
  }
  readonly devices: {
    readonly rememberedDays: number
    readonly perAccount: number
  }
  readonly limits: {
    readonly signInPerAddressAndName: Rate
    readonly signInPerAddress: Rate
    readonly signInPerName: Rate
    readonly signInPerDevice: Rate
    readonly signInOverall: Rate
    readonly publicMutationsPerAddress: Rate
    readonly refreshPerAddress: Rate
  }
}
