import type { LinkPage } from '../kernel/link-page.js'
import type { SecretTimes } from '../kernel/secret-states.js'
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
  readonly audit: {
    /** How often a process looks for new events to put under a checkpoint. */
    readonly checkpointSeconds: number
    /** Refused operations of one caller that are written singly. */
    readonly refusals: Rate
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
    readonly confirmationAttempts: number
  }
  readonly links: {
    /** Whether links sign anybody in. */
    readonly magicLinks: boolean
    /** Pages that links to sign in may lead to, the usual one first. */
    readonly magicLinkUrls: readonly string[]
    readonly magicLinkSeconds: number
    readonly magicLinkSignUp: boolean
    readonly resetUrl: string
    readonly resetSeconds: number
    /** Pages of our own that links lead to, where no application has pages for them. */
    readonly ownPages: readonly LinkPage[]
  }
  readonly sessions: {
    readonly idleSeconds: number
    readonly absoluteSeconds: number
    readonly pendingSeconds: number
    readonly perAccount: number
    readonly pendingPerAccount: number
    readonly accessTokenSeconds: number
    readonly secretTimes: SecretTimes
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
    readonly stepUpsPerSession: number
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
    readonly resendSeconds: number
    readonly maxResendSeconds: number
  }
  readonly factors: {
    /** Kinds in use, besides recovery codes. */
    readonly enabled: readonly ('TOTP' | 'WEBAUTHN' | 'PUSH' | 'SMS' | 'EMAIL')[]
    readonly emailCodeIsMfa: boolean
    readonly recoveryCodeUse: 'FULL' | 'REENROLL'
    /** Null: they never expire. */
    readonly lifetimeSeconds: number | null
    readonly smsDefaultRegion: string | null
    readonly pushRate: Rate
  }
  readonly webauthn: {
    readonly rpId: string
    readonly origins: readonly string[]
    /** Empty: answers from inside a frame are refused. */
    readonly topOrigins: readonly string[]
    /** A PEM file; null: any authenticator. */
    readonly attestationRoots: string | null
  }
  /** The private key is a secret. Null: no Web Push. */
  readonly push: {
    /** Hosts that may be called, or the origins of servers on this machine. */
    readonly services: readonly string[]
  }
  readonly vapid: { readonly publicKey: string; readonly privateKey: string; readonly subject: string } | null
  /** The token is a secret. Null: text messages go to the development outbox, or nowhere. */
  readonly twilio: {
    readonly accountSid: string
    readonly authToken: string
    readonly from: string
    readonly url: string | null
  } | null
  readonly messages: {
    readonly directory: string | null
    readonly language: string
    readonly notMeUrl: string
    readonly notMeSeconds: number
  }
  readonly devices: {
    readonly rememberedDays: number
    readonly perAccount: number
    readonly proofWindowSeconds: number
  }
  readonly risk: {
    /** Risk is written down and not acted on. */
    readonly reportOnly: boolean
    /** The highest score of each level, in nats. */
    readonly thresholds: { readonly low: number; readonly medium: number; readonly high: number }
    /** The share of legitimate sign-ins that may be asked; null: the threshold never moves. */
    readonly promptBudget: number | null
    /** How often processes tell each other what they counted. */
    readonly shareSeconds: number
  }
  readonly networks: {
    /** A compiled file, or `off`; null: the one that comes with the build. */
    readonly asnFile: string | null
    readonly classesFile: string | null
  }
  readonly lists: {
    readonly refreshSeconds: number
    readonly maxEntries: number
  }
  readonly organizations: {
    readonly perPerson: number
    readonly admins: number
    readonly breakGlass: number
    readonly domains: number
    readonly openInvitations: number
    readonly invitationSeconds: number
    readonly membersPerPage: number
    readonly invitationUrl: string
    readonly publicMailDomains: readonly string[]
    /** Empty: those of the machine. */
    readonly dnsServers: readonly string[]
  }
  readonly services: {
    /** Service keys that may work at the same time. */
    readonly maxKeys: number
    readonly lifetimeSeconds: number
    readonly overlapSeconds: number
    readonly proofSeconds: number
    /** A JSON file; null: no tokens of others are taken. */
    readonly trustedIssuers: string | null
  }
  readonly limits: {
    readonly signInPerAddressAndName: Rate
    readonly signInPerAddress: Rate
    readonly signInPerName: Rate
    readonly signInPerDevice: Rate
    readonly signInOverall: Rate
    readonly publicMutationsPerAddress: Rate
    readonly changesPerSignIn: Rate
    readonly organizationsPerAccount: Rate
    readonly refreshPerAddress: Rate
    readonly smsPerAccount: Rate
    readonly smsPerNumber: Rate
    readonly smsPerPrefix: Rate
    readonly smsOverall: Rate
    readonly emailCodePerAccount: Rate
    readonly messagePerAddress: Rate
    readonly messagePerDestination: Rate
    readonly passkeyPerAddress: Rate
    readonly pushDevicePerAddress: Rate
    readonly serviceKeyPerAddress: Rate
    readonly authenticationPerTenant: Rate
    readonly externalTokenPerAddress: Rate
    readonly signInPerSite: Rate
    readonly signInPerPlace: Rate
    readonly signInsPerAccountAndAddress: Rate
    readonly messagePerDestinationAndNetwork: Rate
    readonly messagePerDestinationAndKind: Rate
    readonly messagePerDestinationFamiliar: Rate
    readonly messagePerDestinationAccounts: Rate
    readonly messagePerDestinationAndDevice: Rate
    readonly messagePerDestinationOwn: Rate
    readonly refreshPerSession: Rate
  }
  /** Parts of budgets, from 0 to 1. */
  readonly limitShares: {
    readonly alarm: number
    readonly enrollment: number
    readonly unknownDevice: number
  }
}
