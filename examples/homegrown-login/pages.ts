import type { Waiting } from './visits.js'
import type { Enrolled } from './stepgate.js'

/* Pages without scripts. */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? '')

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>body{font:1rem/1.5 system-ui;max-width:32rem;margin:2rem auto;padding:0 1rem}form{margin:1rem 0}
input,button{font:inherit;padding:.4rem;margin:.2rem 0}label{display:block}</style>
<h1>${escape(title)}</h1>
${body}
</html>`

const form = (action: string, fields: string, button: string): string =>
  `<form method="post" action="${action}">${fields}<button>${escape(button)}</button></form>`

const field = (label: string, name: string, attributes = ''): string =>
  `<label>${escape(label)}<br><input name="${name}" required ${attributes}></label>`

const credentials = (autocomplete: string): string =>
  field('E-mail', 'email', 'type="email" autocomplete="username"') +
  field('Password', 'password', `type="password" minlength="12" autocomplete="${autocomplete}"`)

const code = field('Code', 'code', 'autocomplete="one-time-code" inputmode="text" maxlength="40"')

export const welcomePage = (): string =>
  page(
    'Shop',
    `<h2>Log in</h2>${form('/log-in', credentials('current-password'), 'Log in')}
<h2>Sign up</h2>${form('/sign-up', credentials('new-password'), 'Sign up')}`,
  )

export interface HomeView {
  readonly email: string
  readonly isMfa: boolean
  readonly factors: readonly { readonly type: string; readonly name: string; readonly hint: string | null }[]
}

export const homePage = ({ email, isMfa, factors }: HomeView): string =>
  page(
    'Shop',
    `<p>Logged in as <b>${escape(email)}</b>, with ${isMfa ? 'two factors' : 'the password alone'}.</p>
<h2>Second factors</h2>
<ul>${factors.map(({ name, hint }) => `<li>${escape(name)} ${escape(hint ?? '')}</li>`).join('') || '<li>none</li>'}</ul>
${form('/factors', '<input type="hidden" name="type" value="TOTP">', 'Add an authenticator app')}
${form(
  '/factors',
  `<input type="hidden" name="type" value="SMS">${field('Phone number', 'phoneNumber', 'type="tel" placeholder="+1 202 555 0123"')}`,
  'Add text messages',
)}
${form('/log-out', '', 'Log out')}`,
  )

export const choicePage = ({ options }: Waiting): string =>
  page(
    'Confirm it is you',
    options
      .map(({ factorId, name }) =>
        form('/second-factor/ask', `<input type="hidden" name="factorId" value="${escape(factorId)}">`, name),
      )
      .join(''),
  )

export const codePage = (says: string | null): string =>
  page(
    'Confirm it is you',
    `${says === null ? '' : `<p role="alert">${escape(says)}</p>`}
${form(
  '/second-factor',
  `${code}<label><input type="checkbox" name="remember" value="yes"> Do not ask on this device for 30 days</label>`,
  'Continue',
)}`,
  )

export const enrollPage = ({ totp, factor }: Enrolled): string =>
  page(
    'Add a second factor',
    totp
      ? `<p>Scan this with your authenticator app:</p><img alt="QR code" src="${escape(totp.qrCode.pngDataUrl)}">
<p>or type <code>${escape(totp.secret)}</code></p>${form('/second-factor', code, 'Done')}`
      : `<p>A code was sent to ${escape(factor.hint ?? 'your phone')}.</p>${form('/second-factor', code, 'Done')}`,
  )

export const recoveryPage = (codes: readonly string[]): string =>
  page(
    'Keep these codes',
    `<p>Each of them works once, should you lose your phone. They are not shown again.</p>
<ul>${codes.map((each) => `<li><code>${escape(each)}</code></li>`).join('')}</ul><a href="/">Continue</a>`,
  )

export const sorryPage = (says: string): string => page('Sorry', `<p>${escape(says)}</p><a href="/">Back</a>`)
