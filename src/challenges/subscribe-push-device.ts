import { sealPushSubscription, type PushDelivery, type PushSubscription } from '../factors/index.js'
import type { Secrets } from '../kernel/secrets.js'
import { proveDevice, type DeviceCall, type PushDeviceDeps } from './push-device.js'

export interface SubscribePushDeviceDeps extends PushDeviceDeps {
  readonly secrets: Secrets
  readonly pushDelivery: PushDelivery
}

export interface SubscribePushDeviceInput {
  readonly call: Omit<DeviceCall, 'action' | 'subject' | 'detail'>
  readonly subscription: PushSubscription
}

export type SubscribePushDeviceOutcome =
  | { kind: 'subscribed' }
  | { kind: 'not-a-push-service' } // the gateway only calls known push services (SSRF)
  | { kind: 'not-available' }

/**
 * Stores where a device can be woken up. Browsers change the subscription now and then, so a device may repeat this.
 */
export async function subscribePushDevice(
  deps: SubscribePushDeviceDeps,
  { call, subscription }: SubscribePushDeviceInput,
): Promise<SubscribePushDeviceOutcome> {
  const { endpoint, p256dh, auth } = subscription
  const signed = { ...call, action: 'subscribe', subject: endpoint, detail: `${p256dh}.${auth}` } as const
  const proved = await proveDevice(deps, signed)
  if (!proved) return { kind: 'not-available' }
  if (!deps.pushDelivery.admits(endpoint)) return { kind: 'not-a-push-service' }
  const { name, publicKey, factor } = proved
  const isSet = await deps.pushDevices.subscribe(name, {
    publicKey,
    isEnrollment: factor.status === 'PENDING',
    sealedSubscription: sealPushSubscription(deps.secrets, name, subscription),
  })
  return { kind: isSet ? 'subscribed' : 'not-available' }
}
