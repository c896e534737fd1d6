import type { Templates } from './template.js'
import { deNotices } from './de-notices.js'

export const de: Templates = {
  'sms-code': {
    subject: '',
    text: '{{code}} ist Ihr Bestätigungscode für {{service}}. Er gilt {{minutes}} Minuten. Wir werden Sie nie nach diesem Code fragen.',
  },
  'email-code': {
    subject: '{{code}} ist Ihr Bestätigungscode für {{service}}',
    text: `Ihr Bestätigungscode für {{service}} lautet

{{code}}

Er gilt {{minutes}} Minuten. Geben Sie ihn nur auf der Seite ein, auf der Sie ihn angefordert haben. Wir werden Sie nie am Telefon oder in einer Nachricht nach diesem Code fragen.

Haben Sie diesen Code nicht angefordert, geben Sie ihn nicht weiter. Wenn Sie ein Konto bei {{service}} haben, ändern Sie Ihr Passwort: Jemand könnte es kennen.`,
  },
  'confirm-sign-up': {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse für {{service}}',
    text: `Sie oder jemand anderes hat sich mit dieser E-Mail-Adresse bei {{service}} registriert. Bestätigen Sie die Adresse innerhalb von {{lifetime}}, um das Konto anzulegen.

Diese Adresse bestätigen: {{link}}

Öffnen Sie den Link in dem Browser, in dem Sie sich registriert haben. In jedem anderen Browser brauchen Sie das Passwort, das Sie gewählt haben.

Sie können auch diesen Code auf der Seite eingeben, auf der Sie sich registriert haben, und nur dort. Er gilt {{minutes}} Minuten:

{{code}}

Haben Sie sich nicht registriert, ignorieren Sie diese Nachricht. Ohne Ihre Bestätigung wird kein Konto angelegt.`,
  },
  'already-registered': {
    subject: 'Sie haben schon ein Konto bei {{service}}',
    text: `Sie oder jemand anderes wollte sich mit dieser E-Mail-Adresse bei {{service}} registrieren, es gibt damit aber schon ein Konto. Es wurde nichts geändert. Melden Sie sich wie gewohnt an, oder setzen Sie Ihr Passwort zurück, falls Sie es vergessen haben.

Wollten Sie sich nicht registrieren, können Sie diese Nachricht ignorieren.`,
  },
  'confirm-email-change': {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse für {{service}}',
    text: `Um diese Adresse für Ihr Konto bei {{service}} zu verwenden, bestätigen Sie sie innerhalb von {{lifetime}}.

Diese Adresse bestätigen: {{link}}

Öffnen Sie den Link in dem Browser, in dem Sie die Änderung angefordert haben. In jedem anderen Browser melden Sie sich zuerst an oder geben das Passwort Ihres Kontos ein.

Sie können auch diesen Code auf der Seite eingeben, auf der Sie die Änderung angefordert haben, und nur dort. Er gilt {{minutes}} Minuten:

{{code}}

Haben Sie diese Änderung nicht angefordert, ignorieren Sie diese Nachricht. Ohne Ihre Bestätigung wird die Adresse nicht geändert.`,
  },
  'address-not-available': {
    subject: 'Diese Adresse ist für Ihr Konto bei {{service}} nicht verfügbar',
    text: `Sie oder jemand anderes wollte die E-Mail-Adresse eines Kontos bei {{service}} auf diese Adresse ändern. Sie ist für die Administration von {{service}} reserviert, deshalb kann kein bestehendes Konto zu ihr wechseln. Es wurde nichts geändert.

Haben Sie diese Änderung angefordert, wenden Sie sich an die Betreiber von {{service}}. Wenn nicht, können Sie diese Nachricht ignorieren.`,
  },
  'organization-invitation': {
    subject: 'Sie sind in eine Organisation bei {{service}} eingeladen',
    text: `Sie sind eingeladen, der Organisation {{organization}} bei {{service}} beizutreten. Melden Sie sich dazu innerhalb von {{lifetime}} mit dieser E-Mail-Adresse an, oder registrieren Sie sich mit ihr.

Einladung annehmen: {{link}}

Kennen Sie diese Organisation nicht, ignorieren Sie diese Nachricht. Sie werden nur Mitglied, wenn Sie die Einladung annehmen.`,
  },
  'sign-in-link': {
    subject: 'Ihr Anmeldelink für {{service}}',
    text: `Mit diesem Link melden Sie sich innerhalb von {{lifetime}} bei {{service}} an. Er funktioniert einmal.

Anmelden: {{link}}

Öffnen Sie ihn in einem anderen Browser, geben Sie den Code ein, der auf der Seite steht, auf der Sie den Link angefordert haben.

Statt den Link zu öffnen, können Sie diesen Code auf der Seite eingeben, auf der Sie ihn angefordert haben, und nur dort. Er gilt {{minutes}} Minuten:

{{code}}

Haben Sie diesen Link nicht angefordert, ignorieren Sie diese Nachricht. Geben Sie keinen Code weiter.`,
  },
  'reset-password': {
    subject: 'Setzen Sie Ihr Passwort für {{service}} zurück',
    text: `Sie oder jemand anderes möchte das Passwort Ihres Kontos bei {{service}} zurücksetzen. Mit diesem Link legen Sie innerhalb von {{lifetime}} ein neues fest. Er funktioniert einmal.

Neues Passwort festlegen: {{link}}

Statt den Link zu öffnen, können Sie diesen Code auf der Seite eingeben, auf der Sie ihn angefordert haben, und nur dort. Er gilt {{minutes}} Minuten:

{{code}}

Haben Sie das nicht angefordert, ignorieren Sie diese Nachricht. Ihr Passwort bleibt unverändert.`,
  },
  'no-account': {
    subject: 'Kein Konto bei {{service}} mit dieser Adresse',
    text: `Sie oder jemand anderes hat einen Link angefordert, um sich bei {{service}} anzumelden oder ein Passwort zurückzusetzen. Mit dieser E-Mail-Adresse gibt es kein Konto, deshalb können wir keinen Link senden. Falls Sie ein Konto haben, haben Sie sich vielleicht mit einer anderen Adresse registriert.

Haben Sie keinen Link angefordert, können Sie diese Nachricht ignorieren.`,
  },
  ...deNotices,
}
