/** So many, in a fixed window of so many seconds. Across the edge of two windows twice as many can fall together. */
export interface Rate {
  readonly count: number
  readonly withinSeconds: number
}

/** A rate by name; the name is part of the key of its counters and stands in audit events. */
export interface Budget extends Rate {
  readonly name: BudgetName
}

/** The rates without configuration. The `signIn…` ones count failures, the others every call. */
export const DEFAULT_RATES = {
  /** Wrong sign-ins from one address, whatever the names. */
  signInPerAddress: { count: 100, withinSeconds: 900 },
  signInPerAddressAndName: { count: 10, withinSeconds: 900 },
  /** Wrong sign-ins for one name, from anywhere; does not hold up its remembered devices. */
  signInPerName: { count: 100, withinSeconds: 3600 },
  /** Takes the place of the budget of the name for a remembered device, so that a stolen one cannot guess for ever. */
  signInPerDevice: { count: 10, withinSeconds: 900 },
  signInOverall: { count: 10_000, withinSeconds: 900 },
  /** Never a limit: what the risk of a sign-in is judged by. */
  failuresPerPlaceAndName: { count: 1_000_000, withinSeconds: 86_400 },
  failedNamesPerPlace: { count: 1_000_000, withinSeconds: 3600 },
  signUpPerAddress: { count: 30, withinSeconds: 900 },
  /** Mail or text messages asked for from one address: links, confirmations, password resets. */
  messagePerAddress: { count: 30, withinSeconds: 900 },
  /** The same to one destination, so that nobody's mailbox is flooded. */
  messagePerDestination: { count: 10, withinSeconds: 3600 },
  /** Tokens out of mails and links presented from one address. */
  confirmationPerAddress: { count: 30, withinSeconds: 900 },
  refreshPerAddress: { count: 600, withinSeconds: 900 },
  /** Text messages: of one account, to one number, to numbers beside each other, in all. From narrow to wide (R042). */
  smsPerAccount: { count: 10, withinSeconds: 3600 },
  smsPerNumber: { count: 5, withinSeconds: 3600 },
  smsPerPrefix: { count: 100, withinSeconds: 3600 },
  smsOverall: { count: 1000, withinSeconds: 3600 },
  emailCodePerAccount: { count: 20, withinSeconds: 3600 },
  passkeyPerAddress: { count: 60, withinSeconds: 900 },
  /** Notices that somebody with the password alone can cause, of one kind to one account. */
  noticePerAccount: { count: 5, withinSeconds: 3600 },
  wrongCodesNoticePerSignIn: { count: 1, withinSeconds: 86_400 },
  pushDevicePerAddress: { count: 600, withinSeconds: 900 },
  /** Service keys that are no good. */
  serviceKeyPerAddress: { count: 30, withinSeconds: 900 },
  /** Authentications that backends begin: a key in a loop must not fill the store. */
  authenticationPerTenant: { count: 60_000, withinSeconds: 3600 },
  externalTokenPerAddress: { count: 60, withinSeconds: 900 },
} as const satisfies Record<string, Rate>

export type BudgetName = keyof typeof DEFAULT_RATES
export type Budgets = { readonly [Name in BudgetName]: Budget }

/** All budgets, with the configured rates in place of the defaults. */
export function createBudgets(configured: Partial<Record<BudgetName, Rate>> = {}): Budgets {
  const rates = Object.entries({ ...DEFAULT_RATES, ...configured })
  return Object.fromEntries(rates.map(([name, rate]) => [name, { name, ...rate }])) as Budgets
}

/** The window a moment falls into. Windows of one length begin together, so every process finds the same one. */
export function windowOf(rate: Rate, now: Date): { readonly startedAt: Date; readonly endsAt: Date } {
  const length = rate.withinSeconds * 1000
  const start = Math.floor(now.getTime() / length) * length
  return { startedAt: new Date(start), endsAt: new Date(start + length) }
}
