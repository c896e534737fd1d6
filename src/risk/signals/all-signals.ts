import type { Signal } from '../evidence.js'
import { agent } from './agent.js'
import { country } from './country.js'
import { credentialChange } from './credential-change.js'
import { deviceToken } from './device-token.js'
import { dormantAccount } from './dormant-account.js'
import { failedAttempts } from './failed-attempts.js'
import { network } from './network.js'
import { privilegedAccount } from './privileged-account.js'
import { promptDenied } from './prompt-denied.js'

/** Every signal, in the order in which the audit log shows them. To add one: a file, and a line here. */
export const SIGNALS: readonly Signal[] = [
  deviceToken,
  country,
  network,
  agent,
  failedAttempts,
  credentialChange,
  promptDenied,
  dormantAccount,
  privilegedAccount,
]
