import { approve, deny, Refused } from './gateway.js'
import { language, text } from './texts.js'

/**
 * @typedef {import('./device-store.js').StoredDevice} StoredDevice
 * @typedef {import('./gateway.js').PushRequest} PushRequest
 */

/** Refusals that say more than "something went wrong". */
const COMPLAINTS = /** @type {Readonly<Record<string, string>>} */ ({
  BAD_USER_INPUT: 'linkGone',
  UNAUTHENTICATED: 'notConnected',
})

/**
 * A prompt as a form with the number and two buttons.
 * @param {StoredDevice} device
 * @param {PushRequest} request
 * @param {(says: string) => void} onDone
 * @returns {HTMLElement}
 */
export function requestCard(device, request, onDone) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector('#request'))
  const card = /** @type {HTMLElement} */ (
    /** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild
  )
  const id = `request-${request.challengeId}`
  part(card, 'question').textContent = text(request.purpose)
  part(card, 'question').id = `${id}-question`
  card.setAttribute('aria-labelledby', `${id}-question`)
  part(card, 'email').textContent = request.email
  part(card, 'agent').textContent = request.agent
  part(card, 'place').textContent = placeOf(request.country)
  part(card, 'time').textContent = timeOf(request.createdAt)

  const input = /** @type {HTMLInputElement} */ (part(card, 'number'))
  const problem = part(card, 'problem')
  input.id = `${id}-number`
  problem.id = `${id}-problem`
  input.setAttribute('aria-describedby', problem.id)
  part(card, 'label').setAttribute('for', input.id)

  const form = /** @type {HTMLFormElement} */ (part(card, 'form'))
  const buttons = [...form.querySelectorAll('button')]

  /** @param {string} says */
  const complain = (says) => {
    problem.textContent = says
    input.setAttribute('aria-invalid', says === '' ? 'false' : 'true')
    input.select()
    input.focus()
  }

  /** @param {() => Promise<void>} act */
  const alone = async (act) => {
    for (const button of buttons) button.disabled = true
    try {
      await act()
    } catch (error) {
      complain(complaintOf(error))
    } finally {
      for (const button of buttons) button.disabled = false
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const number = input.value.trim()
    if (!/^[1-9][0-9]$/.test(number)) return complain(text('twoDigits'))
    void alone(async () => {
      const answer = await approve(device, request.challengeId, number)
      if (answer.kind === 'answered') return onDone(text('approved'))
      if (answer.kind === 'gone') return onDone(text('gone'))
      if (answer.attemptsLeft === 0) return onDone(text('exhausted'))
      complain(text('wrong', { count: answer.attemptsLeft }))
    })
  })
  part(card, 'deny').addEventListener('click', () => {
    void alone(async () => {
      const answer = await deny(device, request.challengeId)
      if (answer.kind !== 'answered') return onDone(text('over'))
      onDone(text('denied'))
    })
  })
  return card
}

/**
 * @param {HTMLElement} card
 * @param {string} name
 */
function part(card, name) {
  const found = card.querySelector(`[data-part="${name}"]`)
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${name}`)
  return found
}

/** @param {string | null} country */
function placeOf(country) {
  if (country === null) return text('unknownPlace')
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country
}

/** @param {string} moment */
const timeOf = (moment) => new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(new Date(moment))

/** @param {unknown} error */
export function complaintOf(error) {
  if (!(error instanceof Refused)) return text('offline')
  if (error.retryAfterSeconds !== null) return text('tooMany', { wait: minutes(error.retryAfterSeconds) })
  return text(COMPLAINTS[error.code] ?? 'failed')
}

/** @param {number} seconds */
const minutes = (seconds) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.ceil(seconds / 60),
  )
