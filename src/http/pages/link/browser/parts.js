import { Refused } from './gateway.js'

/** @param {string} id */
export function at(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

/** @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ (at(id))

/** The link the page was opened with, asked about at once; also a second one that is opened in the same tab. */
export function takeLink() {
  const link = { token: takeToken() }
  const begin = () => show(link.token ? 'ask' : 'gone')
  addEventListener('hashchange', () => {
    link.token = takeToken()
    begin()
  })
  begin()
  return link
}

/** The token of the link, out of the address bar and the history at once: nobody who comes later can use it. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  history.replaceState(null, '', location.pathname)
  return token
}

/** Shows one section alone, and moves whoever reads with the keyboard or a screen reader to it. @param {string} id */
export function show(id) {
  for (const each of document.querySelectorAll('section')) each.hidden = each.id !== id
  complain(null)
  const section = at(id)
  const input = section.querySelector('input')
  if (input) input.focus()
  else section.focus()
}

/** Shows one complaint alone, or none. @param {string | null} id */
export function complain(id) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[role=alert]'))) {
    each.hidden = each.id !== id
  }
}

/** Says that an answer is wrong, and how often another may be tried. @param {number | null | undefined} attemptsLeft */
export function complainOfCode(attemptsLeft) {
  at('attempts-left').textContent = String(attemptsLeft ?? 0)
  complain('wrong')
}

/**
 * Does one thing at a time, and says so.
 * @param {() => Promise<void>} work
 * @param {(refused: Refused) => boolean} onRefused
 */
export async function attempt(work, onRefused) {
  complain(null)
  setBusy(true)
  await complainingOf(work, onRefused)
  setBusy(false)
}

/**
 * Never rejects. What a refusal means at that point `onRefused` knows; it answers false for one that means the same
 * everywhere.
 * @param {() => Promise<void>} work
 * @param {(refused: Refused) => boolean} onRefused
 */
export async function complainingOf(work, onRefused) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refused)) complain('failed')
    else if (!onRefused(error)) complainOf(error)
  }
}

/** @param {Refused} refused */
function complainOf({ code }) {
  if (code === 'RISK_BLOCKED') return show('blocked')
  complain(code === 'RATE_LIMITED' || code === 'TOO_MANY_ATTEMPTS' ? 'slow' : 'failed')
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  at('busy').hidden = !isBusy
  for (const each of document.querySelectorAll('button')) each.disabled = isBusy
}
