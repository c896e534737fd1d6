import { verifyEmail } from './gateway.js'
import { at, attempt, complainOfCode, field, show, takeLink } from './parts.js'

const link = takeLink()

/** Confirms the address, with the password if the link was requested in another browser. @param {string | null} password */
const confirm = (password) =>
  attempt(
    async () => {
      await verifyEmail(link.token ?? '', password)
      show('confirmed')
    },
    (refused) => {
      if (refused.code === 'CODE_INVALID') complainOfCode(refused.extensions.attemptsLeft)
      else if (refused.code === 'BAD_USER_INPUT' && refused.names('password')) show('password')
      else if (refused.code === 'BAD_USER_INPUT') show('gone')
      else return false
      return true
    },
  )

at('confirm').addEventListener('click', () => void confirm(null))
at('password-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void confirm(field('confirm-password').value)
})
