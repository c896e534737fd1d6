import { verifyEmail } from './gateway.js'
import { at, attempt, show, takeToken } from './parts.js'

let token = takeToken()

const confirm = () =>
  attempt(
    async () => {
      await verifyEmail(token ?? '')
      show('confirmed')
    },
    (refused) => {
      if (refused.code !== 'BAD_USER_INPUT') return false
      show('gone')
      return true
    },
  )

/** Also for a second link that is opened in the same tab. */
function begin() {
  show(token ? 'ask' : 'gone')
}

at('confirm').addEventListener('click', () => void confirm())
addEventListener('hashchange', () => {
  token = takeToken()
  begin()
})
begin()
