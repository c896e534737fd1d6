import { signInWithMagicLink } from './gateway.js'
import { at, attempt, complainOfCode, field, show, takeToken } from './parts.js'
import { goOn } from './second-factor.js'

let token = takeToken()

/** Signs in, with the code where the link was asked for elsewhere. @param {string | null} code */
const signIn = (code) =>
  attempt(
    async () => goOn(await signInWithMagicLink(token ?? '', code)),
    (refused) => {
      if (refused.code === 'CODE_INVALID') complainOfCode(refused.extensions.attemptsLeft)
      else if (refused.code === 'BAD_USER_INPUT' && refused.names('code')) show('code')
      else if (refused.code === 'BAD_USER_INPUT' || refused.code === 'UNAUTHENTICATED') show('gone')
      else return false
      return true
    },
  )

/** Also for a second link that is opened in the same tab. */
function begin() {
  show(token ? 'ask' : 'gone')
}

at('sign-in').addEventListener('click', () => void signIn(null))
at('code-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void signIn(field('link-code').value)
})
addEventListener('hashchange', () => {
  token = takeToken()
  begin()
})
begin()
