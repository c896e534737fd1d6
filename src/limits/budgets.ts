/** A count per fixed window of this many seconds. Around the edge of two windows twice as many can occur. */
export interface Rate {
  readonly count: number
  readonly withinSeconds: number
}

/** A named rate; the name is part of its counters' keys and appears in audit events. */
export interface Budget extends Rate {
  readonly name: BudgetName
}

/** The default rates. Those of sign-ins count failures unless stated otherwise. */
export const DEFAULT_RATES = {
  /** Wrong sign-ins from one address, for all names. */
  signInPerAddress: { count: 100, withinSeconds: 900 },
  signInPerAddressAndName: { count: 10, withinSeconds: 900 },
  /** Never a limit: failures of one name from one address that its networks got back. Uses the window above. */
  typosForgiven: { count: 1_000_000, withinSeconds: 900 },
  /** Wrong sign-ins from one /56 of IPv6, which a provider assigns to one subscriber. */
  signInPerSite: { count: 200, withinSeconds: 900 },
  /** Wrong sign-ins from one /24 of IPv4 or /48 of IPv6. */
  signInPerPlace: { count: 400, withinSeconds: 900 },
  /** Wrong sign-ins for one name, from anywhere; does not block its known devices. */
  signInPerName: { count: 100, withinSeconds: 3600 },
  /** Replaces all other failure budgets for a known device, so that a stolen device cannot guess for ever. */
  signInPerDevice: { count: 10, withinSeconds: 900 },
  /** Refuses no caller. While it is exhausted, callers without a known device get only a share of the narrow budgets. */
  signInOverall: { count: 10_000, withinSeconds: 900 },
  /** Successful sign-ins of one account from one address, or on one known device: each costs a password hash. */
  signInsPerAccountAndAddress: { count: 120, withinSeconds: 900 },
  /** Never a limit: how often a full lane of passwords is reported in its window. */
  passwordTurns: { count: 1, withinSeconds: 900 },
  /** Mutations of one sign-in: each may add an event to the audit log, which cannot be shortened. */
  changesPerSignIn: { count: 300, withinSeconds: 900 },
  organizationsPerAccount: { count: 20, withinSeconds: 86_400 },
  /** Never a limit: an input to the risk of a sign-in. */
  failuresPerPlaceAndName: { count: 1_000_000, withinSeconds: 86_400 },
  failedNamesPerPlace: { count: 1_000_000, withinSeconds: 3600 },
  /** Sign-ups from one address that are not confirmed yet. */
  signUpPerAddress: { count: 100, withinSeconds: 900 },
  /** Links requested from one address by callers without a known device, and not followed yet. */
  messagePerAddress: { count: 100, withinSeconds: 900 },
  /**
   * Mail to one mailbox that unauthenticated callers cause: of one kind from one network, of one kind, in total. From
   * narrow to wide.
   */
  messagePerDestinationAndNetwork: { count: 3, withinSeconds: 3600 },
  messagePerDestinationAndKind: { count: 8, withinSeconds: 3600 },
  messagePerDestination: { count: 10, withinSeconds: 3600 },
  /** The same from networks where the mailbox's account was proved before. Callers elsewhere cannot spend it. */
  messagePerDestinationFamiliar: { count: 5, withinSeconds: 3600 },
  /** The same from other accounts that are signed in: invitations, and new addresses. */
  messagePerDestinationAccounts: { count: 10, withinSeconds: 3600 },
  /** The same on devices and in sessions of the mailbox's account: of one kind on one device, and in total. */
  messagePerDestinationAndDevice: { count: 5, withinSeconds: 3600 },
  messagePerDestinationOwn: { count: 20, withinSeconds: 3600 },
  /** Never a limit: how often a mail budget of a mailbox ran out, an input to the risk of a sign-in. */
  mailHeldBackPerDestination: { count: 1_000_000, withinSeconds: 86_400 },
  /** Invalid tokens from mails and links, from one address. */
  confirmationPerAddress: { count: 30, withinSeconds: 900 },
  /** Codes entered for mails to one mailbox, from anywhere; its links still work. */
  mailedCodePerMailbox: { count: 20, withinSeconds: 3600 },
  /** Invalid refresh tokens from one address, and valid ones of one session. */
  refreshPerAddress: { count: 600, withinSeconds: 900 },
  refreshPerSession: { count: 600, withinSeconds: 900 },
  /** Text messages: of one account, to one number, to neighbouring numbers, in total. From narrow to wide (R042). */
  smsPerAccount: { count: 10, withinSeconds: 3600 },
  smsPerNumber: { count: 5, withinSeconds: 3600 },
  smsPerPrefix: { count: 100, withinSeconds: 3600 },
  smsOverall: { count: 1000, withinSeconds: 3600 },
  emailCodePerAccount: { count: 20, withinSeconds: 3600 },
  /** Invalid passkeys from one address. */
  passkeyPerAddress: { count: 60, withinSeconds: 900 },
  /** Notices that a caller with only the password can cause, of one kind to one account. */
  noticePerAccount: { count: 5, withinSeconds: 3600 },
  wrongCodesNoticePerSignIn: { count: 1, withinSeconds: 86_400 },
  /** Calls from one address that no enrolled push device has signed. */
  pushDevicePerAddress: { count: 600, withinSeconds: 900 },
  /** Invalid service keys from one address. */
  serviceKeyPerAddress: { count: 30, withinSeconds: 900 },
  /** Authentications that backends begin: a backend stuck in a loop must not fill the store. */
  authenticationPerTenant: { count: 60_000, withinSeconds: 3600 },
  /** Invalid tokens of trusted issuers from one address. */
  externalTokenPerAddress: { count: 60, withinSeconds: 900 },
} as const satisfies Record<string, Rate>

export type BudgetName = keyof typeof DEFAULT_RATES
export type Budgets = { readonly [Name in BudgetName]: Budget }

/** All budgets, with configured rates replacing the defaults. */
export function createBudgets(configured: Partial<Record<BudgetName, Rate>> = {}): Budgets {
  const rates = Object.entries({ ...DEFAULT_RATES, ...configured })
  return Object.fromEntries(rates.map(([name, rate]) => [name, { name, ...rate }])) as Budgets
}

/** A part of a budget: `share` of its count, rounded up. */
export const partOf = (budget: Budget, share: number): Budget => ({ ...budget, count: Math.ceil(budget.count * share) })

/** The window that contains a time. Windows of one length begin together, so every process computes the same one. */
export function windowOf(rate: Rate, now: Date): { readonly startedAt: Date; readonly endsAt: Date } {
  const length = rate.withinSeconds * 1000
  const start = Math.floor(now.getTime() / length) * length
  return { startedAt: new Date(start), endsAt: new Date(start + length) }
}
