import type { Adjustment, Signal } from '../evidence.js'
import { address } from './address.js'
import { agent } from './agent.js'
import { credentialChange } from './credential-change.js'
import { deviceToken } from './device-token.js'
import { dormantAccount } from './dormant-account.js'
import { failedHere } from './failed-here.js'
import { fingerprint } from './fingerprint.js'
import { hostingNetwork } from './hosting-network.js'
import { listedAddress } from './listed-address.js'
import { locale } from './locale.js'
import { mailHeldBack } from './mail-held-back.js'
import { namesFailedNearby } from './names-failed-nearby.js'
import { network } from './network.js'
import { priorOdds } from './prior-odds.js'
import { privilegedAccount } from './privileged-account.js'
import { promptDenied } from './prompt-denied.js'
import { timeOfWeek } from './time-of-week.js'

/** The signals that compare a request with the account's history and with attackers, in the order of the audit log. */
export const SIGNALS: readonly Signal[] = [deviceToken, network, address, agent, fingerprint, locale, timeOfWeek]

/** What makes an attack more likely, regardless of what the sign-in looks like. To add one: a file, and a line here. */
export const ADJUSTMENTS: readonly Adjustment[] = [
  priorOdds,
  failedHere,
  namesFailedNearby,
  mailHeldBack,
  listedAddress,
  hostingNetwork,
  credentialChange,
  promptDenied,
  dormantAccount,
  privilegedAccount,
]
