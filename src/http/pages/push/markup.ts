import { escapeText, type PageLanguage } from '../page-parts.js'
import type { PushPageTexts } from './texts.js'

export interface PushPageSettings {
  readonly serviceName: string
  /** The gateway's name in what devices sign. */
  readonly audience: string
  readonly vapidPublicKey: string | null
}

/** The page on a device. browser/page.js decides which of its parts are shown. */
export function pageMarkup(settings: PushPageSettings, language: PageLanguage, texts: PushPageTexts): string {
  const service = escapeText(settings.serviceName)
  const { connect, empty, unconnected, notify } = texts
  return `<!doctype html>
<html lang="${language}" data-service="${service}" data-audience="${escapeText(settings.audience)}" data-vapid="${escapeText(settings.vapidPublicKey ?? '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${texts.title} – ${service}</title>
<link rel="stylesheet" href="/push/style.css">
<link rel="icon" href="/push/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/push/manifest.webmanifest">
<script type="module" src="/push/page.js"></script>
</head>
<body>
<header><img src="/push/icon.svg" alt="" width="32" height="32"><p>${service}</p></header>
<main>
<h1 class="unseen">${texts.heading}</h1>
<p id="status" role="status" tabindex="-1"></p>
<p id="problem" role="alert"></p>
<p id="loading">${texts.loading}</p>
<section id="connect" class="card" hidden aria-labelledby="connect-title">
<h2 id="connect-title">${connect.title}</h2>
<p>${connect.explains(service)}</p>
<form id="connect-form"><button id="connect-button" class="approve">${connect.button}</button></form>
<p id="connect-problem" class="problem" role="alert"></p>
</section>
<div id="requests"></div>
<section id="empty" class="calm" hidden>
<h2>${empty.title}</h2>
<p>${empty.explains}</p>
</section>
<section id="unconnected" class="calm" hidden>
<h2>${unconnected.title}</h2>
<p>${unconnected.explains(service)}</p>
</section>
</main>
<footer>
<section id="notify" hidden>
<p>${notify.explains}</p>
<button type="button" id="notify-button">${notify.button}</button>
</section>
<p id="polling" hidden>${texts.polling}</p>
<section id="account" hidden aria-labelledby="account-title">
<h2 id="account-title">${texts.account}</h2>
<ul id="devices"></ul>
</section>
</footer>
<noscript><p>${texts.noScript}</p></noscript>
${requestTemplate(texts)}
<template id="texts">
${Object.entries(texts.script)
  .map(([name, text]) => `<p data-text="${name}">${text}</p>`)
  .join('\n')}
</template>
</body>
</html>
`
}

const requestTemplate = ({ request }: PushPageTexts): string => `<template id="request">
<article class="card request">
<h2 data-part="question"></h2>
<dl>
<div><dt>${request.account}</dt><dd data-part="email"></dd></div>
<div><dt>${request.browser}</dt><dd data-part="agent"></dd></div>
<div><dt>${request.place}</dt><dd data-part="place"></dd></div>
<div><dt>${request.time}</dt><dd data-part="time"></dd></div>
</dl>
<form data-part="form" novalidate>
<label data-part="label">${request.number}</label>
<input data-part="number" type="text" inputmode="numeric" autocomplete="off" maxlength="2" enterkeyhint="go" placeholder="––">
<p data-part="problem" class="problem" role="alert"></p>
<button class="approve" type="submit">${request.approve}</button>
<button class="deny" type="button" data-part="deny">${request.deny}</button>
</form>
</article>
</template>`

/** The web app manifest, for a page on the home screen. */
export const manifestOf = (language: PageLanguage, { title }: PushPageTexts): string =>
  JSON.stringify({
    name: title,
    short_name: title,
    lang: language,
    start_url: '/push',
    scope: '/push',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#1d4ed8',
    icons: [{ src: '/push/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  })

/** What the service worker shows. It has no page to read its words from, so it loads them as a script. */
export const notificationScript = ({ notification }: PushPageTexts): string =>
  `self.notificationTexts = ${JSON.stringify(notification)}\n`
