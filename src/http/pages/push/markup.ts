import { escapeText } from '../page-parts.js'

export interface PushPageSettings {
  readonly serviceName: string
  /** What devices sign as the gateway they speak to. */
  readonly audience: string
  readonly vapidPublicKey: string | null
}

/** The page; what it does is in browser/. Which of its parts are shown, page.js settles. */
export function pageMarkup({ serviceName, audience, vapidPublicKey }: PushPageSettings): string {
  const service = escapeText(serviceName)
  return `<!doctype html>
<html lang="en" data-service="${service}" data-audience="${escapeText(audience)}" data-vapid="${escapeText(vapidPublicKey ?? '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${service}: is this you?</title>
<link rel="stylesheet" href="/push/style.css">
<link rel="icon" href="/push/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/push/manifest.webmanifest">
<script type="module" src="/push/page.js"></script>
</head>
<body>
<header><img src="/push/icon.svg" alt="" width="32" height="32"><p>${service}</p></header>
<main>
<h1 class="unseen">Requests that wait for you</h1>
<p id="status" role="status" tabindex="-1"></p>
<p id="problem" role="alert"></p>
<p id="loading">Looking…</p>
<section id="connect" class="card" hidden aria-labelledby="connect-title">
<h2 id="connect-title">Connect this device?</h2>
<p>From now on it will be asked when somebody signs in to your account at ${service}. Go on only if you opened this link yourself.</p>
<form id="connect-form"><button id="connect-button" class="approve">Connect this device</button></form>
<p id="connect-problem" class="problem" role="alert"></p>
</section>
<div id="requests"></div>
<section id="empty" class="calm" hidden>
<h2>Nothing waits</h2>
<p>When you sign in, the request shows up here.</p>
</section>
<section id="nobody" class="calm" hidden>
<h2>Not connected yet</h2>
<p>Add this device in the security settings of your account at ${service}, then scan the code shown there.</p>
</section>
</main>
<footer>
<section id="notify" hidden>
<p>Turn on notifications to be told when somebody signs in.</p>
<button type="button" id="notify-button">Turn on notifications</button>
</section>
<p id="polling" hidden>This browser cannot be woken up: keep this page open while you sign in. It looks every 3 seconds. On an iPhone, add it to the home screen for notifications.</p>
<section id="account" hidden aria-labelledby="account-title">
<h2 id="account-title">Connected to</h2>
<ul id="devices"></ul>
</section>
</footer>
<noscript><p>This page needs JavaScript: it keeps the key of this device.</p></noscript>
<template id="request">
<article class="card request">
<h2 data-part="question"></h2>
<dl>
<div><dt>Account</dt><dd data-part="email"></dd></div>
<div><dt>Browser</dt><dd data-part="agent"></dd></div>
<div><dt>Place</dt><dd data-part="place"></dd></div>
<div><dt>Time</dt><dd data-part="time"></dd></div>
</dl>
<form data-part="form" novalidate>
<label data-part="label">Number on the other screen</label>
<input data-part="number" type="text" inputmode="numeric" autocomplete="off" maxlength="2" enterkeyhint="go" placeholder="––">
<p data-part="problem" class="problem" role="alert"></p>
<button class="approve" type="submit">Approve</button>
<button class="deny" type="button" data-part="deny">Deny, it is not me</button>
</form>
</article>
</template>
</body>
</html>
`
}

export const MANIFEST = JSON.stringify({
  name: 'Is this you?',
  short_name: 'Is this you?',
  start_url: '/push',
  scope: '/push',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: '#1d4ed8',
  icons: [{ src: '/push/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
})
