import type { PageLanguage } from '../page-parts.js'

const en = {
  title: 'Is this you?',
  heading: 'Requests waiting for your answer',
  loading: 'Loading…',
  connect: {
    title: 'Connect this device?',
    explains: (service: string) =>
      `After that, this device is asked to approve sign-ins to your account at ${service}. Continue only if you opened this link yourself.`,
    button: 'Connect this device',
  },
  empty: {
    title: 'No requests',
    explains: 'When you sign in, the request appears here.',
  },
  unconnected: {
    title: 'Not connected yet',
    explains: (service: string) =>
      `Add this device in the security settings of your account at ${service}, then scan the code shown there.`,
  },
  notify: {
    explains: 'Turn on notifications to see requests even when this page is closed.',
    button: 'Turn on notifications',
  },
  polling:
    'Notifications are not available here, so keep this page open while you sign in. It checks for requests every 3 seconds. On an iPhone or iPad, notifications need this page on the home screen.',
  account: 'Connected to',
  noScript: 'This page needs JavaScript, because it keeps the key of this device in your browser.',
  request: {
    account: 'Account',
    browser: 'Browser',
    place: 'Location',
    time: 'Time',
    number: 'Number on the other screen',
    approve: 'Approve',
    deny: 'Deny, this isn’t me',
  },
  /** Shown by the script, which fills the gaps. */
  script: {
    SIGN_IN: 'Are you signing in to {service}?',
    STEP_UP: 'Are you confirming an action in {service}?',
    ENROLLMENT: 'Finish connecting this device',
    connected: 'Connected to {email}.',
    waiting: 'A request is waiting for your answer.',
    over: 'That request has ended.',
    disconnected: '{email}: no longer connected',
    forget: 'Forget',
    forgetLabel: 'Forget {email}',
    unknownPlace: 'Unknown',
    twoDigits: 'Enter the two digits shown on the other screen.',
    wrong: 'Wrong number. Attempts left: {count}.',
    exhausted: 'Too many wrong numbers. This request has ended.',
    approved: 'Approved. Continue on the other screen.',
    gone: 'This request has ended. Request a new one on the other screen.',
    denied: 'Denied. If you did not start this yourself, someone may know your password: change it.',
    tooMany: 'Too many attempts. Try again in {wait}.',
    linkGone: 'This link no longer works. Request a new one in your account.',
    notConnected: 'This device is no longer connected.',
    offline: 'We cannot reach {service}. Check that you are online.',
    failed: 'Something went wrong. Try again in a moment.',
  },
  notification: { title: 'Is this you?', body: 'A request is waiting for your answer.' },
}

/** The texts of the page that answers push prompts. */
export type PushPageTexts = typeof en

const de: PushPageTexts = {
  title: 'Sind Sie das?',
  heading: 'Anfragen, die auf Ihre Antwort warten',
  loading: 'Wird geladen…',
  connect: {
    title: 'Dieses Gerät verbinden?',
    explains: (service) =>
      `Danach wird dieses Gerät gefragt, wenn eine Anmeldung in Ihrem Konto bei ${service} zu bestätigen ist. Fahren Sie nur fort, wenn Sie diesen Link selbst geöffnet haben.`,
    button: 'Dieses Gerät verbinden',
  },
  empty: {
    title: 'Keine Anfragen',
    explains: 'Wenn Sie sich anmelden, erscheint die Anfrage hier.',
  },
  unconnected: {
    title: 'Noch nicht verbunden',
    explains: (service) =>
      `Fügen Sie dieses Gerät in den Sicherheitseinstellungen Ihres Kontos bei ${service} hinzu, und scannen Sie den Code, der dort angezeigt wird.`,
  },
  notify: {
    explains: 'Schalten Sie Benachrichtigungen ein, um Anfragen auch bei geschlossener Seite zu sehen.',
    button: 'Benachrichtigungen einschalten',
  },
  polling:
    'Benachrichtigungen sind hier nicht verfügbar. Lassen Sie diese Seite geöffnet, während Sie sich anmelden. Sie sucht alle 3 Sekunden nach Anfragen. Auf iPhone und iPad muss die Seite für Benachrichtigungen auf dem Home-Bildschirm liegen.',
  account: 'Verbunden mit',
  noScript: 'Diese Seite braucht JavaScript, denn sie bewahrt den Schlüssel dieses Geräts in Ihrem Browser auf.',
  request: {
    account: 'Konto',
    browser: 'Browser',
    place: 'Ort',
    time: 'Zeit',
    number: 'Zahl auf dem anderen Bildschirm',
    approve: 'Bestätigen',
    deny: 'Ablehnen, das bin ich nicht',
  },
  script: {
    SIGN_IN: 'Melden Sie sich gerade bei {service} an?',
    STEP_UP: 'Bestätigen Sie gerade eine Aktion bei {service}?',
    ENROLLMENT: 'Verbinden dieses Geräts abschließen',
    connected: 'Verbunden mit {email}.',
    waiting: 'Eine Anfrage wartet auf Ihre Antwort.',
    over: 'Diese Anfrage ist beendet.',
    disconnected: '{email}: nicht mehr verbunden',
    forget: 'Vergessen',
    forgetLabel: '{email} vergessen',
    unknownPlace: 'Unbekannt',
    twoDigits: 'Geben Sie die zwei Ziffern ein, die der andere Bildschirm zeigt.',
    wrong: 'Falsche Zahl. Verbleibende Versuche: {count}.',
    exhausted: 'Zu viele falsche Zahlen. Diese Anfrage ist beendet.',
    approved: 'Bestätigt. Machen Sie auf dem anderen Bildschirm weiter.',
    gone: 'Diese Anfrage ist beendet. Fordern Sie auf dem anderen Bildschirm eine neue an.',
    denied: 'Abgelehnt. Haben Sie das nicht selbst begonnen, kennt vielleicht jemand Ihr Passwort: Ändern Sie es.',
    tooMany: 'Zu viele Versuche. Versuchen Sie es in {wait} noch einmal.',
    linkGone: 'Dieser Link funktioniert nicht mehr. Fordern Sie in Ihrem Konto einen neuen an.',
    notConnected: 'Dieses Gerät ist nicht mehr verbunden.',
    offline: 'Wir können {service} nicht erreichen. Prüfen Sie, ob Sie online sind.',
    failed: 'Etwas ist schiefgegangen. Versuchen Sie es gleich noch einmal.',
  },
  notification: { title: 'Sind Sie das?', body: 'Eine Anfrage wartet auf Ihre Antwort.' },
}

export const PUSH_PAGE_TEXTS: Readonly<Record<PageLanguage, PushPageTexts>> = { en, de }
