import { signInWithMagicLink } from './gateway.js'
import { at, attempt, complainOfCode, field, show, takeLink } from './parts.js'
import { goOn } from './second-factor.js'

const link = takeLink()

/** Signs in, with the code if the link was requested in another browser. @param {string | null} code */
const signIn = (code) =>
  attempt(
    async () => goOn(await signInWithMagicLink(link.token ?? '', code)),
    (refused) => {
      if (refused.code === 'CODE_INVALID') complainOfCode(refused.extensions.attemptsLeft)
      else if (refused.code === 'BAD_USER_INPUT' && refused.names('code')) show('code')
      else if (refused.code === 'BAD_USER_INPUT' || refused.code === 'UNAUTHENTICATED') show('gone')
      else return false
      return true
    },
  )

at('sign-in').addEventListener('click', () => void signIn(null))
at('code-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void signIn(field('link-code').value)
})
