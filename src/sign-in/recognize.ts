import { demandKey, type DeviceKeyProof, type RecognizedDevice, recognizeDevice } from '../devices/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Person } from '../sessions/index.js'
import type { SignInRules } from './rules.js'

export interface RecognizeDeps {
  readonly secrets: Secrets
  readonly rules: Pick<SignInRules, 'devices'>
}

/** What a client presents to identify its device. */
export interface PresentedDevice {
  /** The device token presented for an account, once the account is known. */
  readonly deviceTokenFor: (accountId: AccountId) => string | null
  /** The proof that the client holds its device's key. */
  readonly deviceKey: DeviceKeyProof
}

/** Which device the client proves to be, by its token and, where the token is bound to a key, by that key. */
export async function recognize(
  deps: RecognizeDeps,
  presented: PresentedDevice,
  person: Person | null,
  now: Date,
): Promise<RecognizedDevice> {
  const token = person && presented.deviceTokenFor(person.account.id)
  const device = { secrets: deps.secrets, settings: deps.rules.devices }
  return demandKey(recognizeDevice(device, person?.devices ?? {}, token, now), presented.deviceKey)
}
