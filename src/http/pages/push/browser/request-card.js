import { approve, deny, Refused } from './gateway.js'

/**
 * @typedef {import('./device-store.js').StoredDevice} StoredDevice
 * @typedef {import('./gateway.js').PushRequest} PushRequest
 */

const service = document.documentElement.dataset['service'] ?? ''

const QUESTIONS = {
  SIGN_IN: `Are you signing in to ${service}?`,
  STEP_UP: `Are you confirming something in ${service}?`,
  ENROLLMENT: 'Finish connecting this device',
}

/**
 * A prompt as a form: the number and two buttons.
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
  part(card, 'question').textContent = QUESTIONS[request.purpose]
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
    if (!/^[1-9][0-9]$/.test(number)) return complain('Type the two digits that the other screen shows.')
    void alone(async () => {
      const answer = await approve(device, request.challengeId, number)
      if (answer.kind === 'answered') return onDone('Approved. Go on at the other screen.')
      if (answer.kind === 'gone') return onDone('That request has ended. Ask for a new one at the other screen.')
      if (answer.attemptsLeft === 0) return onDone('Too many wrong numbers: that request has ended.')
      complain(`That is not the number. ${triesLeft(answer.attemptsLeft)}`)
    })
  })
  part(card, 'deny').addEventListener('click', () => {
    void alone(async () => {
      const answer = await deny(device, request.challengeId)
      if (answer.kind !== 'answered') return onDone('That request has ended already.')
      onDone('Denied, and nobody got in. Somebody else may know your password: change it.')
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

/** @param {number} count */
const triesLeft = (count) => (count === 1 ? 'One try is left.' : `${count} tries are left.`)

/** @param {string | null} country */
function placeOf(country) {
  if (country === null) return 'Unknown place'
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(country) ?? country
}

/** @param {string} moment */
const timeOf = (moment) => new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(new Date(moment))

/** @param {unknown} error */
export function complaintOf(error) {
  if (!(error instanceof Refused)) return 'The gateway cannot be reached. Are you online?'
  if (error.retryAfterSeconds !== null) {
    return `Too many attempts. Try again in ${Math.ceil(error.retryAfterSeconds / 60)} minutes.`
  }
  return error.message
}
