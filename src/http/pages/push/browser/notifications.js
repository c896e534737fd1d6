import { saveDevice } from './device-store.js'
import { subscribe } from './gateway.js'

/** @typedef {import('./device-store.js').StoredDevice} StoredDevice */

const publicKey = document.documentElement.dataset['vapid'] ?? ''

/**
 * Whether this browser can receive push messages: `off` when the gateway has no key for them, `unsupported` when the
 * browser cannot (on iPhones: unless the page is on the home screen).
 * @returns {'off' | 'unsupported' | 'denied' | 'askable' | 'granted'}
 */
export function notificationState() {
  if (publicKey === '') return 'off'
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis)) {
    return 'unsupported'
  }
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' ? 'granted' : 'askable'
}

/** Has to be called when a button is pressed. Browsers ask for permission at no other moment. */
export async function askForNotifications() {
  await Notification.requestPermission()
  return notificationState()
}

/**
 * Subscribes every device that is not subscribed yet. Returns whether this browser can receive push messages.
 * @param {readonly StoredDevice[]} devices
 */
export async function keepSubscribed(devices) {
  if (notificationState() !== 'granted') return false
  const registration = await navigator.serviceWorker.register('/push/sw.js', { scope: '/push' })
  await navigator.serviceWorker.ready
  const subscription =
    (await registration.pushManager.getSubscription()) ??
    (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }))
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (!endpoint || !p256dh || !auth) return false
  for (const device of devices) {
    if (device.endpoint === endpoint) continue
    await subscribe(device, { endpoint, p256dh, auth })
    await saveDevice({ ...device, endpoint })
  }
  return true
}
