/** The hosts that a connection string names, without the credentials; null where they cannot be told apart for sure. */
export function hostsOf(uri: string): string | null {
  const [, hosts, rest] = /^mongodb(?:\+srv)?:\/\/(?:[^@/?]*@)?([\w.:,[\]-]+)([/?].*)?$/.exec(uri) ?? []
  // A further @ may end a password that has a slash in it.
  return hosts && !rest?.includes('@') ? hosts : null
}

const SECRET_OPTION = /[?&](?:tlsCertificateKeyFilePassword|authMechanismProperties|proxyPassword)=([^&]*)/gi
const LONGEST = 200
/** A shorter text is part of too many words to be looked for within them. */
const SHORT = 4

/** The first line of the driver's text, unless it may quote a user, a password or a secret option. */
export function withoutCredentials(text: string, uri: string): string {
  const line = text.split('\n')[0]?.slice(0, LONGEST) ?? ''
  const userInfo = uri.slice(uri.indexOf('//') + 2, Math.max(uri.lastIndexOf('@'), 0))
  const options = [...uri.matchAll(SECRET_OPTION)].map(([, value = '']) => value)
  // An unencoded character splits a password, so the driver may take its parts for hosts or options.
  const parts = [...userInfo.split(/[:@/?&=#,]/), ...options].filter((part) => part !== '')
  const words = line.split(/[^\p{L}\p{N}_]+/u)
  const isQuoted = parts
    .flatMap((part) => [part, decoded(part)])
    .some((part) => (part.length < SHORT ? words.includes(part) : line.includes(part)))
  return isQuoted ? 'the driver rejects it' : line.replace(/\.$/, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
