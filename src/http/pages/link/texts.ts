import type { PageLanguage } from '../page-parts.js'

const en = {
  busy: 'One moment…',
  code: 'Code',
  send: 'Continue',
  noScript: 'This page needs JavaScript, so that opening the link does nothing by itself.',
  signIn: {
    title: 'Sign in',
    explains: 'Press the button to sign in. This link works once.',
    harmless: 'If you did not request this link, close this page. Nothing happens.',
    button: 'Sign in',
    codeTitle: 'Enter the code',
    codeExplains:
      'This link was requested in another browser or app. Enter the six-digit code that is shown there, or open the link there.',
  },
  reset: {
    title: 'Set a new password',
    explains:
      'The new password replaces your current one. All sessions are signed out and all remembered devices are removed.',
    label: 'New password',
    length: (fewest: number) => `At least ${fewest} characters. Several unrelated words make a good password.`,
    show: 'Show password',
    button: 'Set password',
    isSet: 'Your new password is set.',
    objections: {
      TOO_SHORT: 'This password is too short.',
      TOO_LONG: 'This password is too long.',
      TOO_COMMON: 'This password is one of the first that attackers try.',
      CONTAINS_EMAIL: 'This password is made from your e-mail address.',
    },
  },
  confirm: {
    title: 'Confirm your e-mail address',
    explains: 'Press the button to confirm that this e-mail address is yours.',
    harmless: 'If you did not request this, close this page. Nothing happens.',
    button: 'Confirm',
    passwordTitle: 'Enter your password',
    passwordExplains:
      'This link was requested in another browser or app. Open it there, or enter the password you chose when you signed up. If you are changing your e-mail address, enter the password of your account.',
    password: 'Password',
    notYours:
      'If you did not sign up yourself, do not make up a password here. Close this page and sign up in your own browser.',
    wrong: 'Wrong password. Attempts left:',
    done: 'Your e-mail address is confirmed',
    doneExplains: 'You can close this page and sign in.',
    goneExplains:
      'It was already used, has expired or is incomplete. If you have already confirmed your address, sign in. Otherwise, request a new link.',
  },
  gone: 'This link no longer works',
  goneExplains: 'It was already used, has expired or is incomplete. Request a new link where you sign in.',
  factor: 'Confirm that it’s you',
  factorExplains: 'You need a second factor to finish signing in. Choose one:',
  hints: {
    TOTP: 'Enter the code from your authenticator app.',
    EMAIL: 'Enter the code that we sent you by e-mail.',
    SMS: 'Enter the code that we sent you by text message.',
    RECOVERY_CODE: 'Enter one of your recovery codes. Each code works once.',
  },
  anotherWay: 'Try another way',
  push: 'Approve the sign-in on your device',
  pushExplains: 'Enter this number there:',
  done: 'You are signed in',
  doneExplains: 'You can close this page and go back to your application.',
  advice: 'You used a recovery code. Set up a new second factor in your application.',
  enrol: 'Set up a second factor',
  enrolExplains: 'You need a second factor to finish signing in. Go back to your application to set one up.',
  elsewhere: 'One more step',
  elsewhereExplains: 'Go back to your application to finish signing in, for example with your second factor.',
  ended: 'This sign-in has ended',
  endedExplains: 'It was denied or took too long. Start again where you sign in.',
  blocked: 'We couldn’t sign you in',
  blockedExplains:
    'This sign-in looks too unusual. Try again from a place and a device that you usually sign in with. If you still cannot sign in, contact the people who run the service and give them this reference:',
  wrong: 'Wrong code. Attempts left:',
  stale: 'That did not work or took too long. Choose again.',
  slow: 'Too many attempts. Wait a few minutes and try again.',
  failed: 'Something went wrong. Check your connection and try again.',
}

/** The texts of the pages that links in mails lead to. */
export type LinkPageTexts = typeof en

const de: LinkPageTexts = {
  busy: 'Einen Moment…',
  code: 'Code',
  send: 'Weiter',
  noScript: 'Diese Seite braucht JavaScript, damit das bloße Öffnen des Links nichts auslöst.',
  signIn: {
    title: 'Anmelden',
    explains: 'Klicken Sie auf die Schaltfläche, um sich anzumelden. Dieser Link funktioniert einmal.',
    harmless: 'Haben Sie diesen Link nicht angefordert, schließen Sie diese Seite. Dann passiert nichts.',
    button: 'Anmelden',
    codeTitle: 'Code eingeben',
    codeExplains:
      'Dieser Link wurde in einem anderen Browser oder einer App angefordert. Geben Sie den sechsstelligen Code ein, der dort angezeigt wird, oder öffnen Sie den Link dort.',
  },
  reset: {
    title: 'Neues Passwort festlegen',
    explains: 'Das neue Passwort ersetzt Ihr bisheriges. Alle Sitzungen werden beendet und gemerkte Geräte entfernt.',
    label: 'Neues Passwort',
    length: (fewest) => `Mindestens ${fewest} Zeichen. Mehrere Wörter ohne Zusammenhang ergeben ein gutes Passwort.`,
    show: 'Passwort anzeigen',
    button: 'Passwort festlegen',
    isSet: 'Ihr neues Passwort ist gespeichert.',
    objections: {
      TOO_SHORT: 'Dieses Passwort ist zu kurz.',
      TOO_LONG: 'Dieses Passwort ist zu lang.',
      TOO_COMMON: 'Dieses Passwort probieren Angreifer als eines der ersten aus.',
      CONTAINS_EMAIL: 'Dieses Passwort besteht aus Ihrer E-Mail-Adresse.',
    },
  },
  confirm: {
    title: 'E-Mail-Adresse bestätigen',
    explains: 'Klicken Sie auf die Schaltfläche, um zu bestätigen, dass diese E-Mail-Adresse Ihnen gehört.',
    harmless: 'Haben Sie das nicht angefordert, schließen Sie diese Seite. Dann passiert nichts.',
    button: 'Bestätigen',
    passwordTitle: 'Passwort eingeben',
    passwordExplains:
      'Dieser Link wurde in einem anderen Browser oder einer App angefordert. Öffnen Sie ihn dort, oder geben Sie das Passwort ein, das Sie bei der Registrierung gewählt haben. Wenn Sie Ihre E-Mail-Adresse ändern, geben Sie das Passwort Ihres Kontos ein.',
    password: 'Passwort',
    notYours:
      'Haben Sie sich nicht selbst registriert, denken Sie sich hier kein Passwort aus. Schließen Sie diese Seite, und registrieren Sie sich in Ihrem eigenen Browser.',
    wrong: 'Falsches Passwort. Verbleibende Versuche:',
    done: 'Ihre E-Mail-Adresse ist bestätigt',
    doneExplains: 'Sie können diese Seite schließen und sich anmelden.',
    goneExplains:
      'Er wurde schon benutzt, ist abgelaufen oder unvollständig. Haben Sie Ihre Adresse schon bestätigt, melden Sie sich an. Sonst fordern Sie einen neuen Link an.',
  },
  gone: 'Dieser Link funktioniert nicht mehr',
  goneExplains:
    'Er wurde schon benutzt, ist abgelaufen oder unvollständig. Fordern Sie einen neuen dort an, wo Sie sich anmelden.',
  factor: 'Bestätigen Sie, dass Sie es sind',
  factorExplains: 'Zum Abschluss der Anmeldung brauchen Sie einen zweiten Faktor. Wählen Sie einen:',
  hints: {
    TOTP: 'Geben Sie den Code aus Ihrer Authenticator-App ein.',
    EMAIL: 'Geben Sie den Code ein, den wir Ihnen per E-Mail geschickt haben.',
    SMS: 'Geben Sie den Code ein, den wir Ihnen per SMS geschickt haben.',
    RECOVERY_CODE: 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder Code funktioniert einmal.',
  },
  anotherWay: 'Anderen Weg wählen',
  push: 'Bestätigen Sie die Anmeldung auf Ihrem Gerät',
  pushExplains: 'Geben Sie dort diese Zahl ein:',
  done: 'Sie sind angemeldet',
  doneExplains: 'Sie können diese Seite schließen und zu Ihrer Anwendung zurückkehren.',
  advice:
    'Sie haben einen Wiederherstellungscode benutzt. Richten Sie in Ihrer Anwendung einen neuen zweiten Faktor ein.',
  enrol: 'Zweiten Faktor einrichten',
  enrolExplains:
    'Zum Abschluss der Anmeldung brauchen Sie einen zweiten Faktor. Kehren Sie zu Ihrer Anwendung zurück, um ihn einzurichten.',
  elsewhere: 'Noch ein Schritt',
  elsewhereExplains:
    'Kehren Sie zu Ihrer Anwendung zurück, um die Anmeldung abzuschließen, zum Beispiel mit Ihrem zweiten Faktor.',
  ended: 'Diese Anmeldung ist beendet',
  endedExplains: 'Sie wurde abgelehnt oder hat zu lange gedauert. Beginnen Sie dort neu, wo Sie sich anmelden.',
  blocked: 'Wir konnten Sie nicht anmelden',
  blockedExplains:
    'Diese Anmeldung ist zu ungewöhnlich. Versuchen Sie es von einem Ort und mit einem Gerät, die Sie sonst zum Anmelden nutzen. Gelingt das nicht, wenden Sie sich an die Betreiber des Dienstes, und nennen Sie ihnen diese Kennung:',
  wrong: 'Falscher Code. Verbleibende Versuche:',
  stale: 'Das hat nicht geklappt oder zu lange gedauert. Wählen Sie noch einmal.',
  slow: 'Zu viele Versuche. Warten Sie einige Minuten, und versuchen Sie es dann noch einmal.',
  failed: 'Etwas ist schiefgegangen. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
}

export const LINK_PAGE_TEXTS: Readonly<Record<PageLanguage, LinkPageTexts>> = { en, de }
