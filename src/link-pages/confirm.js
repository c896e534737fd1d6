import { verifyEmail } from './gateway.js'
import { at, attempt, show, takeLink } from './parts.js'

const link = takeLink()

const confirm = () =>
  attempt(
    async () => {
      await verifyEmail(link.token ?? '')
      show('confirmed')
    },
    (refused) => {
      if (refused.code !== 'BAD_USER_INPUT') return false
      show('gone')
      return true
    },
  )

at('confirm').addEventListener('click', () => void confirm())
