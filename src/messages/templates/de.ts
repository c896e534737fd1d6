import type { Templates } from './template.js'
import { deNotices } from './de-notices.js'

export const de: Templates = {
  'sms-code': {
    subject: '',
    text: '{{code}} ist Ihr Code für {{service}}. Er gilt {{minutes}} Minuten. Niemand von uns wird Sie je danach fragen.',
  },
  'email-code': {
    subject: '{{code}} ist Ihr Code für {{service}}',
    text: `Ihr Code für {{service}} lautet

{{code}}

Er gilt {{minutes}} Minuten, auf der Seite, die danach gefragt hat. Niemand von uns wird Sie je danach fragen.

Haben Sie keinen angefordert, kennt vielleicht jemand Ihr Passwort: Ändern Sie es.`,
  },
  'confirm-sign-up': {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse für {{service}}',
    text: `Jemand, hoffentlich Sie, hat sich mit dieser Adresse bei {{service}} angemeldet. Bestätigen Sie sie innerhalb von {{lifetime}}.

Diese Adresse bestätigen: {{link}}

Öffnen Sie den Link in dem Browser, in dem Sie sich registriert haben. Überall sonst brauchen Sie das Passwort, das Sie gewählt haben.

Waren Sie es nicht, tun Sie nichts: Ohne die Bestätigung entsteht kein Konto.`,
  },
  'already-registered': {
    subject: 'Sie haben schon ein Konto bei {{service}}',
    text: `Jemand, vielleicht Sie, wollte sich mit dieser Adresse bei {{service}} registrieren. Es gibt schon ein Konto dazu, und nichts wurde geändert. Melden Sie sich an wie gewohnt.

Waren Sie es nicht, brauchen Sie nichts zu tun.`,
  },
  'confirm-email-change': {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse für {{service}}',
    text: `Sie wollen diese Adresse für Ihr Konto bei {{service}} verwenden. Bestätigen Sie sie innerhalb von {{lifetime}}.

Diese Adresse bestätigen: {{link}}

Öffnen Sie den Link in dem Browser, in dem Sie die Änderung verlangt haben. Überall sonst melden Sie sich zuerst an, oder geben Sie das Passwort Ihres Kontos an.

Waren Sie es nicht, tun Sie nichts: Ohne die Bestätigung wird die Adresse nicht geändert.`,
  },
  'address-not-available': {
    subject: 'Zu dieser Adresse kann bei {{service}} kein Konto wechseln',
    text: `Jemand, vielleicht Sie, wollte diese Adresse für ein Konto bei {{service}} verwenden, das schon eine andere hat. Diese Adresse ist für jemanden vorgesehen, der {{service}} betreibt: Kein Konto kann zu ihr wechseln, und nichts wurde geändert.

Waren Sie es, fragen Sie die Betreiber von {{service}}. Waren Sie es nicht, brauchen Sie nichts zu tun.`,
  },
  'organization-invitation': {
    subject: 'Sie sind in eine Organisation bei {{service}} eingeladen',
    text: `Sie sind eingeladen, {{organization}} bei {{service}} beizutreten. Melden Sie sich innerhalb von {{lifetime}} mit dem Konto dieser Adresse an, oder registrieren Sie sich mit ihr.

Die Einladung annehmen: {{link}}

Kennen Sie die Organisation nicht, tun Sie nichts: Ohne die Annahme sind Sie nirgends Mitglied.`,
  },
  'sign-in-link': {
    subject: 'Ihr Link zur Anmeldung bei {{service}}',
    text: `Folgen Sie diesem Link innerhalb von {{lifetime}}, um sich bei {{service}} anzumelden. Er gilt für eine Anmeldung.

Anmelden: {{link}}

Wo Sie ihn angefordert haben, steht ein Code: Sie brauchen ihn, wenn Sie dem Link mit einem anderen Browser folgen. Haben Sie den Link nicht angefordert, tun Sie nichts, und geben Sie den Code niemandem.`,
  },
  'reset-password': {
    subject: 'Ein neues Passwort für {{service}}',
    text: `Jemand, hoffentlich Sie, will ein neues Passwort für Ihr Konto bei {{service}} setzen. Folgen Sie diesem Link innerhalb von {{lifetime}}; er gilt für ein neues Passwort.

Neues Passwort setzen: {{link}}

Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.`,
  },
  'no-account': {
    subject: 'Kein Konto bei {{service}} mit dieser Adresse',
    text: `Jemand, vielleicht Sie, hat bei {{service}} einen Link zur Anmeldung oder für ein neues Passwort angefordert. Es gibt kein Konto mit dieser Adresse, also auch keinen Link. Vielleicht haben Sie sich mit einer anderen registriert.

Waren Sie es nicht, brauchen Sie nichts zu tun.`,
  },
  ...deNotices,
}
