import { Refused } from './gateway.js'

/** @param {string} id */
export function at(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

/** @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ (at(id))

/** Takes the link the page was opened with and shows its question. A second link in the same tab replaces it. */
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

/** Takes the token out of the address bar and the history at once, so that nobody finds it there later. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  history.replaceState(null, '', location.pathname)
  return token
}

/** Shows only this section and moves the focus to it, for keyboards and screen readers. @param {string} id */
export function show(id) {
  for (const each of document.querySelectorAll('section')) each.hidden = each.id !== id
  complain(null)
  const section = at(id)
  const input = section.querySelector('input')
  if (input) input.focus()
  else section.focus()
}

/** Shows only this complaint, or none. @param {string | null} id */
export function complain(id) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[role=alert]'))) {
    each.hidden = each.id !== id
  }
}

/** Shows that an answer is wrong and how many attempts are left. @param {number | null | undefined} attemptsLeft */
export function complainOfCode(attemptsLeft) {
  at('attempts-left').textContent = String(attemptsLeft ?? 0)
  complain('wrong')
}

/**
 * Runs one call at a time and shows that it is running.
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
 * Never rejects. `onRefused` handles the refusals that have a meaning of their own at this point and returns false for the
 * others.
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
function complainOf({ code, extensions }) {
  if (code === 'RISK_BLOCKED') {
    at('blocked-reference').textContent = extensions.reference ?? ''
    return show('blocked')
  }
  complain(code === 'RATE_LIMITED' || code === 'TOO_MANY_ATTEMPTS' ? 'slow' : 'failed')
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  at('busy').hidden = !isBusy
  for (const each of document.querySelectorAll('button')) each.disabled = isBusy
}
