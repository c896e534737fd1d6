import { escapeText } from './page-parts.js'

export interface PushPageSettings {
  readonly serviceName: string
  /** What devices sign as the gateway they speak to. */
  readonly audience: string
  readonly vapidPublicKey: string | null
}

/** The page; what it does is in src/push-page. Which of its parts are shown, page.js settles. */
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

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1d4ed8"/>' +
  '<path d="M32 10l18 7v14c0 12-8 19-18 23-10-4-18-11-18-23V17z" fill="#fff"/>' +
  '<path d="M23 32l7 7 12-13" fill="none" stroke="#1d4ed8" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>'

export const STYLE = `:root {
  color-scheme: light dark;
  --ink: #111827; --soft: #4b5563; --paper: #f3f4f6; --card: #ffffff; --line: #8b93a1;
  --go: #1d4ed8; --on-go: #ffffff; --stop: #b91c1c; --focus: #1d4ed8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #f3f4f6; --soft: #b6bdc9; --paper: #0b1120; --card: #172033; --line: #6b7688;
    --go: #93b4ff; --on-go: #0b1120; --stop: #ff9d9d; --focus: #93b4ff;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto; max-width: 30rem; min-height: 100dvh; padding: 1rem; display: flex; flex-direction: column; gap: 1rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif;
}
header { display: flex; align-items: center; gap: 0.75rem; font-weight: 600; }
header p, h2, dl, dd, #status, #problem { margin: 0; }
main { flex: 1; display: flex; flex-direction: column; gap: 1rem; }
h2 { font-size: 1.375rem; line-height: 1.25; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.card { background: var(--card); border-radius: 1rem; padding: 1.25rem; box-shadow: 0 1px 4px rgb(0 0 0 / 15%); }
.request + .request { margin-top: 1rem; }
.calm { margin: auto 0; padding: 2rem 0; text-align: center; color: var(--soft); }
.calm h2 { color: var(--ink); }
#status:not(:empty) { padding: 0.75rem 1rem; border-left: 4px solid var(--go); background: var(--card); border-radius: 0.5rem; }
#problem:not(:empty), .problem { color: var(--stop); font-weight: 600; }
.problem { margin: 0.5rem 0 0; }
.problem:empty { display: none; }
dl { margin-top: 0.75rem; display: grid; gap: 0.25rem; }
dl div { display: grid; grid-template-columns: 5.5rem 1fr; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
form { margin-top: 1rem; }
label { display: block; font-weight: 600; }
input {
  display: block; width: 100%; margin-top: 0.5rem; padding: 0.25rem; border: 2px solid var(--line); border-radius: 0.75rem;
  background: transparent; color: inherit; font: 600 2.5rem/1.3 ui-monospace, monospace; text-align: center; letter-spacing: 0.2em;
}
input::placeholder { color: var(--line); opacity: 1; }
input[aria-invalid='true'] { border-color: var(--stop); }
button {
  display: block; width: 100%; min-height: 3.25rem; padding: 0.5rem 1rem; border: 2px solid var(--go); border-radius: 0.75rem;
  background: transparent; color: var(--go); font: inherit; font-weight: 600; cursor: pointer;
}
.approve { margin-top: 0.75rem; background: var(--go); color: var(--on-go); }
.deny { margin-top: 0.75rem; border-color: var(--stop); color: var(--stop); }
.quiet { display: inline-block; width: auto; min-height: 2.75rem; margin-left: 0.75rem; border-color: var(--line); color: inherit; }
button:disabled { opacity: 0.6; cursor: progress; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
footer { display: grid; gap: 1rem; padding-bottom: env(safe-area-inset-bottom); color: var(--soft); font-size: 0.9375rem; }
footer p { margin: 0; }
footer h2 { font-size: inherit; font-weight: 600; }
#notify { display: grid; gap: 0.75rem; }
ul { margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
`
