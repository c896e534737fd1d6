/** So many, in a fixed window of so many seconds. Across the edge of two windows twice as many can fall together. */
export interface Rate {
  readonly count: number
  readonly withinSeconds: number
}

/** A rate by name; the name is part of the key of its counters and stands in audit events. */
export interface Budget extends Rate {
  readonly name: BudgetName
}

/** The rates without configuration. Those of sign-ins count failures unless they say otherwise. */
export const DEFAULT_RATES = {
  /** Wrong sign-ins from one address, whatever the names. */
  signInPerAddress: { count: 100, withinSeconds: 900 },
  signInPerAddressAndName: { count: 10, withinSeconds: 900 },
  /** Wrong sign-ins from one /56 of IPv6: what a provider hands to one subscriber. */
  signInPerSite: { count: 200, withinSeconds: 900 },
  /** Wrong sign-ins from one /24 of IPv4 or /48 of IPv6. */
  signInPerPlace: { count: 400, withinSeconds: 900 },
  /** Wrong sign-ins for one name, from anywhere; does not hold up its known devices. */
  signInPerName: { count: 100, withinSeconds: 3600 },
  /** Replaces all other budgets of failures for a known device, so that a stolen one cannot guess for ever. */
  signInPerDevice: { count: 10, withinSeconds: 900 },
  /** Refuses nobody. While it is used up, callers without a known device have only a part of the narrow budgets. */
  signInOverall: { count: 10_000, withinSeconds: 900 },
  /** Right sign-ins of one account from one address, or on one known device: each of them costs a password hash. */
  signInsPerAccountAndAddress: { count: 120, withinSeconds: 900 },
  /** Mutations of one sign-in: each may leave an event in the audit log, which nobody may shorten. */
  changesPerSignIn: { count: 300, withinSeconds: 900 },
  organizationsPerAccount: { count: 20, withinSeconds: 86_400 },
  /** Never a limit: what the risk of a sign-in is judged by. */
  failuresPerPlaceAndName: { count: 1_000_000, withinSeconds: 86_400 },
  failedNamesPerPlace: { count: 1_000_000, withinSeconds: 3600 },
  signUpPerAddress: { count: 30, withinSeconds: 900 },
  /** Mail or text messages asked for from one address: links, confirmations, password resets. */
  messagePerAddress: { count: 30, withinSeconds: 900 },
  /** Mail to one mailbox that strangers cause: of one kind from one network, of one kind, in all. From narrow to wide. */
  messagePerDestinationAndNetwork: { count: 3, withinSeconds: 3600 },
  messagePerDestinationAndKind: { count: 8, withinSeconds: 3600 },
  messagePerDestination: { count: 10, withinSeconds: 3600 },
  /** The same from networks where the mailbox's account was proved before. Strangers elsewhere cannot spend it. */
  messagePerDestinationFamiliar: { count: 5, withinSeconds: 3600 },
  /** The same from other accounts that are signed in: invitations, and addresses to move to. */
  messagePerDestinationAccounts: { count: 10, withinSeconds: 3600 },
  /** The same on devices and in sessions of the mailbox's account: of one kind on one device, and in all. */
  messagePerDestinationAndDevice: { count: 5, withinSeconds: 3600 },
  messagePerDestinationOwn: { count: 20, withinSeconds: 3600 },
  /** Never a limit: how often a budget of mail to a mailbox ran out, which the risk of a sign-in is judged by. */
  mailHeldBackPerDestination: { count: 1_000_000, withinSeconds: 86_400 },
  /** Tokens out of mails and links from one address that are no good. */
  confirmationPerAddress: { count: 30, withinSeconds: 900 },
  /** Refresh tokens from one address that are no good, and good ones of one session. */
  refreshPerAddress: { count: 600, withinSeconds: 900 },
  refreshPerSession: { count: 600, withinSeconds: 900 },
  /** Text messages: of one account, to one number, to numbers beside each other, in all. From narrow to wide (R042). */
  smsPerAccount: { count: 10, withinSeconds: 3600 },
  smsPerNumber: { count: 5, withinSeconds: 3600 },
  smsPerPrefix: { count: 100, withinSeconds: 3600 },
  smsOverall: { count: 1000, withinSeconds: 3600 },
  emailCodePerAccount: { count: 20, withinSeconds: 3600 },
  /** Passkeys from one address that are no good. */
  passkeyPerAddress: { count: 60, withinSeconds: 900 },
  /** Notices that somebody with the password alone can cause, of one kind to one account. */
  noticePerAccount: { count: 5, withinSeconds: 3600 },
  wrongCodesNoticePerSignIn: { count: 1, withinSeconds: 86_400 },
  /** Calls from one address that no enrolled push device has signed. */
  pushDevicePerAddress: { count: 600, withinSeconds: 900 },
  /** Service keys that are no good. */
  serviceKeyPerAddress: { count: 30, withinSeconds: 900 },
  /** Authentications that backends begin: a key in a loop must not fill the store. */
  authenticationPerTenant: { count: 60_000, withinSeconds: 3600 },
  /** Tokens of trusted issuers from one address that are no good. */
  externalTokenPerAddress: { count: 60, withinSeconds: 900 },
} as const satisfies Record<string, Rate>

export type BudgetName = keyof typeof DEFAULT_RATES
export type Budgets = { readonly [Name in BudgetName]: Budget }

/** All budgets, with the configured rates in place of the defaults. */
export function createBudgets(configured: Partial<Record<BudgetName, Rate>> = {}): Budgets {
  const rates = Object.entries({ ...DEFAULT_RATES, ...configured })
  return Object.fromEntries(rates.map(([name, rate]) => [name, { name, ...rate }])) as Budgets
}

/** A part of a budget: `share` of its count, rounded up. */
export const partOf = (budget: Budget, share: number): Budget => ({ ...budget, count: Math.ceil(budget.count * share) })

/** The window a moment falls into. Windows of one length begin together, so every process finds the same one. */
export function windowOf(rate: Rate, now: Date): { readonly startedAt: Date; readonly endsAt: Date } {
  const length = rate.withinSeconds * 1000
  const start = Math.floor(now.getTime() / length) * length
  return { startedAt: new Date(start), endsAt: new Date(start + length) }
}
