import { resetPassword } from './gateway.js'
import { at, attempt, complain, field, show, takeLink } from './parts.js'
import { goOn } from './second-factor.js'

const link = takeLink()

const reset = () =>
  attempt(
    async () => {
      const result = await resetPassword(link.token ?? '', field('new-password').value)
      at('password-set').hidden = false
      goOn(result)
    },
    (refused) => {
      if (refused.code === 'BAD_USER_INPUT' && refused.names('newPassword')) object(refused.extensions.objection)
      else if (refused.code === 'BAD_USER_INPUT' || refused.code === 'UNAUTHENTICATED') show('gone')
      else return false
      return true
    },
  )

/** A password that is not acceptable does not use up the link. @param {string | undefined} objection */
function object(objection) {
  complain(objection ? `objection-${objection}` : 'failed')
  field('new-password').setAttribute('aria-invalid', 'true')
  field('new-password').focus()
}

at('password-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void reset()
})
at('show-password').addEventListener('change', () => {
  field('new-password').type = field('show-password').checked ? 'text' : 'password'
})
