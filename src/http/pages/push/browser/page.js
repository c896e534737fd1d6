import { forgetDevice, loadDevices, newDeviceKey, saveDevice } from './device-store.js'
import { connect, listRequests, Refused } from './gateway.js'
import { askForNotifications, keepSubscribed, notificationState } from './notifications.js'
import { complaintOf, requestCard } from './request-card.js'
import { text } from './texts.js'

/** @typedef {import('./device-store.js').StoredDevice} StoredDevice */

const POLL_MILLISECONDS = 3000
/** Calls of a device that the gateway does not know count against the whole network, so they are rare. */
const UNKNOWN_MILLISECONDS = 60_000

/** @param {string} id */
function at(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

const list = at('requests')
/** @type {Map<string, HTMLElement>} */
const cards = new Map()
/** Challenges answered here. The gateway may still list them for a moment. */
const answered = new Set()
/** @type {StoredDevice[]} */
let devices = []
/** When to try a device again that the gateway did not know. @type {Map<string, number>} */
const unknownUntil = new Map()
let canBeWoken = false

/** @param {string} says */
const tell = (says) => {
  at('status').className = ''
  at('status').textContent = says
}

/** For screen readers only. @param {string} says */
const announce = (says) => {
  at('status').className = 'unseen'
  at('status').textContent = says
}

/** @param {string} id @param {boolean} isShown */
const show = (id, isShown) => {
  at(id).hidden = !isShown
}

/** Takes the token of an enrolment link out of the address bar and the history at once. */
function takeToken() {
  const token = location.hash.startsWith('#connect=') ? location.hash.slice('#connect='.length) : null
  if (token !== null) history.replaceState(null, '', location.pathname)
  return token
}

/** @param {string} token */
function offerToConnect(token) {
  show('connect', true)
  show('empty', false)
  const form = /** @type {HTMLFormElement} */ (at('connect-form'))
  const button = /** @type {HTMLButtonElement} */ (at('connect-button'))
  form.onsubmit = (event) => {
    event.preventDefault()
    button.disabled = true
    at('connect-problem').textContent = ''
    connectThis(token).catch((/** @type {unknown} */ error) => {
      button.disabled = false
      at('connect-problem').textContent = complaintOf(error)
    })
  }
}

/** @param {string} token */
async function connectThis(token) {
  const { privateKey, publicKey } = await newDeviceKey()
  const { device, email } = await connect({ token, publicKey, name: null })
  await saveDevice({ device, email, privateKey, endpoint: null })
  show('connect', false)
  tell(text('connected', { email }))
  await start()
}

/** @param {StoredDevice} device */
async function requestsFor(device) {
  if ((unknownUntil.get(device.device) ?? 0) > Date.now()) return { device, requests: [], isUnknown: true }
  try {
    const requests = await listRequests(device)
    unknownUntil.delete(device.device)
    return { device, requests, isUnknown: false }
  } catch (error) {
    // Only calls of unknown devices are limited. They must not hide the prompts of the other devices here.
    const isUnknown = error instanceof Refused && ['UNAUTHENTICATED', 'RATE_LIMITED'].includes(error.code)
    if (!isUnknown) throw error
    unknownUntil.set(device.device, Date.now() + UNKNOWN_MILLISECONDS)
    return { device, requests: [], isUnknown }
  }
}

async function look() {
  const found = await Promise.all(devices.map(requestsFor))
  at('problem').textContent = ''
  const waiting = new Set()
  for (const { device, requests } of found) {
    for (const request of requests) {
      const { challengeId } = request
      if (answered.has(challengeId)) continue
      waiting.add(challengeId)
      if (cards.has(challengeId)) continue
      const card = requestCard(device, request, (says) => {
        answered.add(challengeId)
        drop(challengeId)
        tell(says)
      })
      cards.set(challengeId, card)
      list.append(card)
      announce(text('waiting'))
      if (cards.size === 1) card.querySelector('input')?.focus()
    }
  }
  for (const challengeId of cards.keys()) {
    if (waiting.has(challengeId)) continue
    drop(challengeId)
    tell(text('over'))
  }
  showDevices(found.filter(({ isUnknown }) => isUnknown).map(({ device }) => device.device))
  settle()
}

/** @param {string} challengeId */
function drop(challengeId) {
  const card = cards.get(challengeId)
  const hadFocus = card?.contains(document.activeElement)
  card?.remove()
  cards.delete(challengeId)
  if (hadFocus) at('status').focus()
  settle()
}

/** @param {readonly string[]} unknown Devices that the gateway no longer knows. */
function showDevices(unknown) {
  const rows = devices.map(({ device, email }) => {
    const row = document.createElement('li')
    const isUnknown = unknown.includes(device)
    row.textContent = isUnknown ? text('disconnected', { email }) : email
    if (isUnknown) row.append(forgetButton(device, email))
    return row
  })
  const shown = JSON.stringify([devices.map(({ device }) => device), unknown])
  if (at('devices').dataset['shown'] === shown) return
  at('devices').dataset['shown'] = shown
  at('devices').replaceChildren(...rows)
}

/** @param {string} device @param {string} email */
function forgetButton(device, email) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = text('forget')
  button.setAttribute('aria-label', text('forgetLabel', { email }))
  button.onclick = () => void forgetDevice(device).then(start)
  return button
}

/** Shows the parts of the page that fit its state. */
function settle() {
  const isConnecting = !at('connect').hidden
  show('loading', false)
  show('unconnected', devices.length === 0 && !isConnecting)
  show('empty', devices.length > 0 && cards.size === 0 && !isConnecting)
  show('account', devices.length > 0)
  const isAskable = notificationState() === 'askable'
  show('notify', devices.length > 0 && isAskable)
  show('polling', devices.length > 0 && !canBeWoken && !isAskable)
}

async function start() {
  devices = await loadDevices()
  settle()
  await look()
  await subscribeAll()
}

/** If this fails, the page only has to stay open. */
async function subscribeAll() {
  canBeWoken = await keepSubscribed(devices).catch(() => false)
  devices = await loadDevices()
  settle()
}

let isLooking = false

async function lookWhileSeen() {
  if (isLooking || document.visibilityState !== 'visible' || devices.length === 0) return
  isLooking = true
  try {
    await look()
  } catch (error) {
    at('problem').textContent = complaintOf(error)
  } finally {
    isLooking = false
  }
}

at('notify-button').addEventListener('click', () => {
  void askForNotifications().then(subscribeAll)
})
document.addEventListener('visibilitychange', () => void lookWhileSeen())
navigator.serviceWorker?.addEventListener('message', () => void lookWhileSeen())
addEventListener('hashchange', () => {
  const token = takeToken()
  if (token !== null) offerToConnect(token)
})
setInterval(() => void lookWhileSeen(), POLL_MILLISECONDS)

const token = takeToken()
if (token !== null) offerToConnect(token)
start().catch((/** @type {unknown} */ error) => {
  settle()
  at('problem').textContent = complaintOf(error)
})
