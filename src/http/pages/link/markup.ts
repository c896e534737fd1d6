import type { LinkPage } from '../../../kernel/link-page.js'
import type { LinkPageTexts } from './texts.js'
import { escapeText, pageHead, type PageLanguage } from '../page-parts.js'

export interface LinkPageContent {
  readonly page: LinkPage
  readonly language: PageLanguage
  readonly texts: LinkPageTexts
  readonly serviceName: string
  readonly passwordMinLength: number
}

/** The markup of a link page. The scripts in browser/ decide which section is shown. */
export function linkPageMarkup(content: LinkPageContent): string {
  const { page, language, texts } = content
  const name = escapeText(content.serviceName)
  const head = pageHead({
    language,
    title: `${titleOf(content)} – ${name}`,
    style: '/link-page/page.css',
    script: `<script type="module" src="/link-page/${page}.js"></script>`,
  })
  return `${head}<body>
<main>
<p class="service">${name}</p>
${sectionsOf(content)}
<p id="busy" role="status" hidden>${texts.busy}</p>
<p id="wrong" role="alert" hidden>${page === 'confirm' ? texts.confirm.wrong : texts.wrong} <span id="attempts-left"></span></p>
${alert('stale', texts.stale)}
${alert('slow', texts.slow)}
${alert('failed', texts.failed)}
<noscript><p>${texts.noScript}</p></noscript>
</main>
</body>
</html>
`
}

function titleOf({ page, texts }: LinkPageContent): string {
  switch (page) {
    case 'magic-link':
      return texts.signIn.title
    case 'reset-password':
      return texts.reset.title
    case 'confirm':
      return texts.confirm.title
  }
}

function sectionsOf(content: LinkPageContent): string {
  const { page, texts } = content
  if (page === 'confirm') return confirmSections(texts)
  const first = page === 'magic-link' ? signInSections(texts) : resetSections(content)
  return [first, factorSections(texts), ends(texts)].join('\n')
}

const section = (id: string, title: string, inside: string): string => `<section id="${id}" tabindex="-1" hidden>
<h1>${title}</h1>
${inside}
</section>`

const alert = (id: string, text: string): string => `<p id="${id}" role="alert" hidden>${text}</p>`

function confirmSections({ confirm, gone }: LinkPageTexts): string {
  const ask = `<p>${confirm.explains}</p>
<p>${confirm.harmless}</p>
<button id="confirm" type="button">${confirm.button}</button>`
  const elsewhere = `<p>${confirm.passwordExplains}</p>
<form id="password-form">
<label for="confirm-password">${confirm.password}</label>
<input id="confirm-password" type="password" autocomplete="current-password" maxlength="4096" required>
<button type="submit">${confirm.button}</button>
</form>
<p>${confirm.notYours}</p>`
  return [
    section('ask', confirm.title, ask),
    section('password', confirm.passwordTitle, elsewhere),
    section('confirmed', confirm.done, `<p>${confirm.doneExplains}</p>`),
    section('gone', gone, `<p>${confirm.goneExplains}</p>`),
  ].join('\n')
}

function signInSections({ signIn, code }: LinkPageTexts): string {
  const ask = `<p>${signIn.explains}</p>
<p>${signIn.harmless}</p>
<button id="sign-in" type="button">${signIn.button}</button>`
  const elsewhere = `<p>${signIn.codeExplains}</p>
<form id="code-form">
<label for="link-code">${code}</label>
<input id="link-code" type="text" inputmode="numeric" autocomplete="off" maxlength="16" required>
<button type="submit">${signIn.button}</button>
</form>`
  return `${section('ask', signIn.title, ask)}
${section('code', signIn.codeTitle, elsewhere)}`
}

function resetSections({ texts: { reset }, passwordMinLength }: LinkPageContent): string {
  const objections = Object.entries(reset.objections).map(([name, text]) => alert(`objection-${name}`, text))
  const ask = `<p>${reset.explains}</p>
<form id="password-form">
<label for="new-password">${reset.label}</label>
<input id="new-password" type="password" autocomplete="new-password" required aria-describedby="length">
<p id="length" class="hint">${reset.length(passwordMinLength)}</p>
${objections.join('\n')}
<label class="choice"><input id="show-password" type="checkbox"> ${reset.show}</label>
<button type="submit">${reset.button}</button>
</form>`
  return `${section('ask', reset.title, ask)}
<p id="password-set" hidden>${reset.isSet}</p>`
}

function factorSections(texts: LinkPageTexts): string {
  const hints = Object.entries(texts.hints).map(([type, text]) => `<p id="hint-${type}" hidden>${text}</p>`)
  const another = `<button class="another-way quiet" type="button">${texts.anotherWay}</button>`
  const answer = `${hints.join('\n')}
<form id="answer-form">
<label for="answer-code">${texts.code}</label>
<input id="answer-code" type="text" required>
<button type="submit">${texts.send}</button>
</form>
${another}`
  const push = `<p>${texts.pushExplains} <strong id="push-number"></strong></p>
${another}`
  return `${section('factor', texts.factor, `<p>${texts.factorExplains}</p>\n<ul id="ways"></ul>`)}
${section('answer', texts.factor, answer)}
${section('push', texts.push, push)}`
}

function ends(texts: LinkPageTexts): string {
  return [
    section('done', texts.done, `<p id="advice" hidden>${texts.advice}</p>\n<p>${texts.doneExplains}</p>`),
    section('enrol', texts.enrol, `<p>${texts.enrolExplains}</p>`),
    section('elsewhere', texts.elsewhere, `<p>${texts.elsewhereExplains}</p>`),
    section('gone', texts.gone, `<p>${texts.goneExplains}</p>`),
    section('ended', texts.ended, `<p>${texts.endedExplains}</p>`),
    section('blocked', texts.blocked, `<p>${texts.blockedExplains} <code id="blocked-reference"></code></p>`),
  ].join('\n')
}
