import type { PageLanguage } from '../page-parts.js'

const en = {
  title: 'This wasn’t me',
  explains: 'We told you about something that happened in your account. If it wasn’t you, press the button. It will',
  does: [
    'sign out the session that did it, and forget the device it was done on',
    'cancel a change of your e-mail address that is not confirmed yet',
    'remove or disable the second factor or recovery codes that were added, if any, and then sign you out everywhere',
    'make us check the next sign-ins more strictly',
  ],
  harmless: 'It changes nothing else and signs nobody in. If it was you, close this page.',
  button: 'It wasn’t me: secure my account',
  done: 'Done. Now change your password',
  doneExplains: 'The session is signed out, but someone may still know your password. Do this now:',
  next: [
    'Open the service as you usually do, not from a message, and sign in.',
    'Change your password to one that you use nowhere else.',
    'Check your second factors, devices and sessions, and remove what you do not recognise.',
    'If you cannot sign in, contact the people who run the service.',
  ],
  gone: 'This link does not work',
  goneExplains:
    'It has expired or is incomplete. Open it again from the message. If that does not help, sign in, change your password and check your sessions.',
  busy: 'One moment…',
  failed: 'Something went wrong. Check your connection and press the button again.',
  slow: 'Too many attempts. Wait a few minutes and press the button again.',
  noScript: 'This page needs JavaScript, so that opening the link does nothing by itself.',
}

/** The texts of the page “This wasn’t me”. */
export type NotMeTexts = typeof en

const de: NotMeTexts = {
  title: 'Das war ich nicht',
  explains:
    'Wir haben Sie über ein Ereignis in Ihrem Konto informiert. Falls Sie das nicht waren, klicken Sie auf die Schaltfläche. Wir werden dann',
  does: [
    'die Sitzung beenden, von der es ausging, und das Gerät vergessen',
    'eine Änderung Ihrer E-Mail-Adresse abbrechen, die noch nicht bestätigt ist',
    'den zweiten Faktor oder die Wiederherstellungscodes, die hinzugefügt wurden, entfernen oder sperren und Sie dann überall abmelden',
    'die nächsten Anmeldungen strenger prüfen',
  ],
  harmless: 'Sonst ändert sich nichts, und niemand wird angemeldet. Falls Sie das waren, schließen Sie diese Seite.',
  button: 'Das war ich nicht: Konto schützen',
  done: 'Erledigt. Ändern Sie jetzt Ihr Passwort',
  doneExplains: 'Die Sitzung ist beendet, aber jemand kennt vielleicht noch Ihr Passwort. Tun Sie jetzt Folgendes:',
  next: [
    'Öffnen Sie den Dienst wie gewohnt, nicht aus einer Nachricht, und melden Sie sich an.',
    'Ändern Sie Ihr Passwort in eines, das Sie nirgends sonst verwenden.',
    'Prüfen Sie Ihre zweiten Faktoren, Geräte und Sitzungen, und entfernen Sie, was Sie nicht kennen.',
    'Können Sie sich nicht anmelden, wenden Sie sich an die Betreiber des Dienstes.',
  ],
  gone: 'Dieser Link funktioniert nicht',
  goneExplains:
    'Er ist abgelaufen oder unvollständig. Öffnen Sie ihn noch einmal aus der Nachricht. Hilft das nicht, melden Sie sich an, ändern Sie Ihr Passwort, und prüfen Sie Ihre Sitzungen.',
  busy: 'Einen Moment…',
  failed: 'Etwas ist schiefgegangen. Prüfen Sie Ihre Verbindung, und klicken Sie noch einmal auf die Schaltfläche.',
  slow: 'Zu viele Versuche. Warten Sie einige Minuten, und klicken Sie dann noch einmal auf die Schaltfläche.',
  noScript: 'Diese Seite braucht JavaScript, damit das bloße Öffnen des Links nichts auslöst.',
}

export const NOT_ME_TEXTS: Readonly<Record<PageLanguage, NotMeTexts>> = { en, de }
