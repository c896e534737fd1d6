/** The words of the page "this was not me". */
export const NOT_ME_TEXTS = {
  en: {
    title: 'This was not me',
    explains: 'You were told of something in your account. If you did not do it, press the button. It will',
    does: [
      'end the sign-in that did it, at once and everywhere',
      'forget the device it was done from',
      'take the second factor that was added out of use, if one was; then every session ends, yours too',
      'make us look harder at the next sign-in',
    ],
    harmless: 'It changes nothing else, and signs nobody in. If it was you, just close this page.',
    button: 'It was not me: take it back',
    done: 'It is taken back',
    doneExplains: 'Whoever it was is out. They may still know your password, so do this now:',
    next: [
      'Open the service as you always do, not from a mail, and sign in.',
      'Change your password to one you use nowhere else.',
      'Look through your second factors, devices and sessions, and remove what you do not know.',
      'If you cannot get in, contact the people who run the service.',
    ],
    gone: 'This link cannot be used',
    goneExplains:
      'It is too old, or not complete. Open it once more from the mail. If that does not help, sign in, change your password and look through your sessions.',
    busy: 'One moment …',
    failed: 'That did not work. Check your connection and press the button again.',
    slow: 'Too many links were used from here. Wait a few minutes and press the button again.',
    noScript: 'This page needs JavaScript, so that nothing happens by opening a link alone.',
  },
  de: {
    title: 'Das war ich nicht',
    explains: 'Wir haben Ihnen etwas über Ihr Konto mitgeteilt. Waren Sie das nicht, drücken Sie den Knopf. Er wird',
    does: [
      'die Anmeldung beenden, von der es kam, sofort und überall',
      'das Gerät vergessen, von dem es kam',
      'den zweiten Faktor, der hinzukam, außer Gebrauch nehmen, falls es einer war; dann enden alle Sitzungen, auch Ihre',
      'uns bei der nächsten Anmeldung genauer hinsehen lassen',
    ],
    harmless: 'Sonst ändert er nichts, und niemand wird dadurch angemeldet. Waren Sie es, schließen Sie die Seite.',
    button: 'Ich war das nicht: zurücknehmen',
    done: 'Es ist zurückgenommen',
    doneExplains: 'Wer es auch war, ist draußen. Ihr Passwort kennt er vielleicht noch, also tun Sie jetzt dies:',
    next: [
      'Öffnen Sie den Dienst wie immer, nicht aus einer Mail, und melden Sie sich an.',
      'Ändern Sie Ihr Passwort in eines, das Sie nirgends sonst benutzen.',
      'Sehen Sie Ihre zweiten Faktoren, Geräte und Sitzungen durch und entfernen Sie, was Sie nicht kennen.',
      'Kommen Sie nicht hinein, wenden Sie sich an die Betreiber des Dienstes.',
    ],
    gone: 'Dieser Link gilt nicht',
    goneExplains:
      'Er ist zu alt oder nicht vollständig. Öffnen Sie ihn noch einmal aus der Mail. Hilft das nicht, melden Sie sich an, ändern Sie Ihr Passwort und sehen Sie Ihre Sitzungen durch.',
    busy: 'Einen Moment …',
    failed: 'Das ging nicht. Prüfen Sie Ihre Verbindung und drücken Sie den Knopf noch einmal.',
    slow: 'Von hier wurden zu viele Links benutzt. Warten Sie einige Minuten und drücken Sie den Knopf noch einmal.',
    noScript: 'Diese Seite braucht JavaScript, damit durch das bloße Öffnen eines Links nichts geschieht.',
  },
} as const
