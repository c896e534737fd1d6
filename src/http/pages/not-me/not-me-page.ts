import type { RequestHandler } from 'express'
import { recordOf } from '../../request-record.js'
import { readPageFile } from '../read-page-file.js'
import { NOT_ME_TEXTS } from './texts.js'
import { escapeText, PAGE_POLICY, pageHead, pageLanguage, type PageLanguage, type PageSettings } from '../page-parts.js'

/**
 * The page behind the “This wasn’t me” links in notices. Opening it does nothing, because mail programs and scanners open
 * links. The token is in the URL's fragment; the button sends it to the gateway in the body of the mutation.
 */
export function notMePage(settings: PageSettings): RequestHandler {
  return (req, res) => {
    recordOf(res).route = 'not-me'
    const language = pageLanguage(req, settings)
    res.set({
      'Content-Security-Policy': PAGE_POLICY,
      'Cache-Control': 'no-store',
      'Content-Language': language,
      Vary: 'Accept-Language',
    })
    res.type('html').send(page(language, settings.serviceName))
  }
}

export function notMeAsset(kind: 'script' | 'style'): RequestHandler {
  const [type, path] = kind === 'script' ? ['text/javascript', 'not-me/browser/page.js'] : ['css', 'page.css']
  const body = readPageFile(path)
  return (_, res) => {
    recordOf(res).route = 'not-me'
    res.set('Cache-Control', 'public, max-age=300')
    res.type(type).send(body)
  }
}

function page(language: PageLanguage, serviceName: string): string {
  const texts = NOT_ME_TEXTS[language]
  const name = escapeText(serviceName)
  const items = texts.does.map((each) => `<li>${each}</li>`).join('\n')
  const steps = texts.next.map((each) => `<li>${each}</li>`).join('\n')
  const head = pageHead({
    language,
    title: `${texts.title} – ${name}`,
    style: '/not-me/page.css',
    script: '<script src="/not-me/page.js" defer></script>',
  })
  return `${head}<body>
<main>
<p class="service">${name}</p>
<section id="ask" hidden>
<h1>${texts.title}</h1>
<p>${texts.explains}</p>
<ul>
${items}
</ul>
<p>${texts.harmless}</p>
<button id="report" type="button">${texts.button}</button>
</section>
<section id="done" tabindex="-1" hidden>
<h1>${texts.done}</h1>
<p>${texts.doneExplains}</p>
<ol>
${steps}
</ol>
</section>
<section id="gone" tabindex="-1" hidden>
<h1>${texts.gone}</h1>
<p>${texts.goneExplains}</p>
</section>
<p id="busy" role="status" hidden>${texts.busy}</p>
<p id="failed" role="alert" hidden>${texts.failed}</p>
<p id="slow" role="alert" hidden>${texts.slow}</p>
<noscript><p>${texts.noScript}</p></noscript>
</main>
</body>
</html>
`
}
