/* Shows a notification when a push message arrives. It stores and answers nothing; the page does that. */

// Sets `notificationTexts`, in the language of the browser.
self.importScripts('/push/notification.js')

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  event.waitUntil(tell())
})

async function tell() {
  try {
    await self.registration.showNotification(self.notificationTexts.title, {
      body: self.notificationTexts.body,
      tag: 'stepgate-push',
      icon: '/push/icon.svg',
      requireInteraction: true,
    })
  } finally {
    const windows = await self.clients.matchAll({ type: 'window' })
    for (const each of windows) each.postMessage('waiting')
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show())
})

async function show() {
  const [first] = await self.clients.matchAll({ type: 'window' })
  if (first) await first.focus()
  else await self.clients.openWindow('/push')
}
