import type { PageLanguage } from '../page-parts.js'

const en = {
  busy: 'One moment …',
  code: 'Code',
  send: 'Go on',
  noScript: 'This page needs JavaScript, so that nothing happens by opening a link alone.',
  signIn: {
    title: 'Sign in',
    explains: 'Press the button to sign in. The link is good once.',
    harmless: 'If you did not ask for it, close this page: then nothing happens.',
    button: 'Sign in',
    codeTitle: 'Enter the code',
    codeExplains:
      'The link was asked for with another browser or app. There a code of six digits is shown: enter it here, or open the link there.',
  },
  reset: {
    title: 'Set a new password',
    explains:
      'The new password takes the place of the one until now. Every session ends, and devices are no longer remembered.',
    label: 'New password',
    length: (fewest: number) => `At least ${fewest} characters. Several words that nobody would guess are good.`,
    show: 'Show the password',
    button: 'Set the password',
    isSet: 'Your new password is set.',
    objections: {
      TOO_SHORT: 'The password is too short.',
      TOO_LONG: 'The password is too long.',
      TOO_COMMON: 'The password is among the first that attackers try.',
      CONTAINS_EMAIL: 'The password is your e-mail address or made of it.',
    },
  },
  confirm: {
    title: 'Confirm your address',
    explains: 'Press the button to confirm that this e-mail address is yours.',
    harmless: 'If you did not ask for it, close this page: then nothing happens.',
    button: 'Confirm',
    passwordTitle: 'Enter your password',
    passwordExplains:
      'This link was requested in another browser or app. Open it there, or enter the password you chose there. For a change of address, enter the password of your account.',
    password: 'Password',
    notYours:
      'If you did not sign up yourself, do not choose a password here: close this page and sign up in your own browser.',
    wrong: 'That is not the password this was requested with. Tries left:',
    done: 'Your address is confirmed',
    doneExplains: 'You can close this page and sign in.',
    goneExplains:
      'It was used, is too old, or is not complete. If you confirmed your address with it before, sign in; otherwise ask for a new one.',
  },
  gone: 'This link is not available any more',
  goneExplains: 'It was used, is too old, or is not complete. Ask for a new one where you sign in.',
  factor: 'Confirm that it is you',
  factorExplains: 'A second factor is needed to finish. Choose one:',
  hints: {
    TOTP: 'Enter the code that your authenticator app shows.',
    EMAIL: 'Enter the code that was sent to you by e-mail.',
    SMS: 'Enter the code that was sent to you by text message.',
    RECOVERY_CODE: 'Enter one of your recovery codes. It is used up by that.',
  },
  anotherWay: 'Choose another way',
  push: 'Approve it on your device',
  pushExplains: 'Type this number there:',
  done: 'You are signed in',
  doneExplains: 'You can close this page and go on in your application.',
  advice: 'You used a recovery code: set up a new second factor there.',
  enrol: 'Set up a second factor next',
  enrolExplains:
    'To finish signing in you need a second factor, and you have none yet. Your application sets it up with you: go on there.',
  elsewhere: 'One more step',
  elsewhereExplains: 'Your application asks for what is still missing, such as your second factor: go on there.',
  ended: 'This sign-in has ended',
  endedExplains: 'It was not finished in time, or was denied. Begin anew where you sign in.',
  blocked: 'This sign-in was not let in',
  blockedExplains:
    'It looked too unusual. Try it from where you usually sign in, or contact the people who run the service.',
  wrong: 'That code is not right. Tries left:',
  stale: 'That did not work, or took too long. Choose once more.',
  slow: 'Too many tries from here. Wait a few minutes and try again.',
  failed: 'That did not work. Check your connection and try again.',
}

/** The words of the pages that links in mails lead to. */
export type LinkPageTexts = typeof en

const de: LinkPageTexts = {
  busy: 'Einen Moment …',
  code: 'Code',
  send: 'Weiter',
  noScript: 'Diese Seite braucht JavaScript, damit durch das bloße Öffnen eines Links nichts geschieht.',
  signIn: {
    title: 'Anmelden',
    explains: 'Drücken Sie den Knopf, um sich anzumelden. Der Link gilt einmal.',
    harmless: 'Haben Sie ihn nicht angefordert, schließen Sie diese Seite: Dann geschieht nichts.',
    button: 'Anmelden',
    codeTitle: 'Code eingeben',
    codeExplains:
      'Der Link wurde mit einem anderen Browser oder einer App angefordert. Dort steht ein Code aus sechs Ziffern: Geben Sie ihn hier ein, oder öffnen Sie den Link dort.',
  },
  reset: {
    title: 'Neues Passwort setzen',
    explains:
      'Das neue Passwort tritt an die Stelle des bisherigen. Alle Sitzungen enden, und kein Gerät gilt mehr als bekannt.',
    label: 'Neues Passwort',
    length: (fewest) => `Mindestens ${fewest} Zeichen. Gut sind mehrere Wörter, auf die niemand kommt.`,
    show: 'Passwort anzeigen',
    button: 'Passwort setzen',
    isSet: 'Ihr neues Passwort gilt.',
    objections: {
      TOO_SHORT: 'Das Passwort ist zu kurz.',
      TOO_LONG: 'Das Passwort ist zu lang.',
      TOO_COMMON: 'Das Passwort gehört zu denen, die Angreifer zuerst versuchen.',
      CONTAINS_EMAIL: 'Das Passwort ist Ihre E-Mail-Adresse oder daraus gemacht.',
    },
  },
  confirm: {
    title: 'Adresse bestätigen',
    explains: 'Drücken Sie den Knopf, um zu bestätigen, dass diese E-Mail-Adresse Ihnen gehört.',
    harmless: 'Haben Sie das nicht angefordert, schließen Sie diese Seite: Dann geschieht nichts.',
    button: 'Bestätigen',
    passwordTitle: 'Passwort eingeben',
    passwordExplains:
      'Dieser Link wurde in einem anderen Browser oder einer App angefordert. Öffnen Sie ihn dort, oder geben Sie das Passwort ein, das Sie dort gewählt haben. Bei einer Adressänderung ist es das Passwort Ihres Kontos.',
    password: 'Passwort',
    notYours:
      'Haben Sie sich nicht selbst registriert, denken Sie sich hier kein Passwort aus: Schließen Sie diese Seite, und registrieren Sie sich in Ihrem eigenen Browser.',
    wrong: 'Das ist nicht das Passwort dieser Anfrage. Verbleibende Versuche:',
    done: 'Ihre Adresse ist bestätigt',
    doneExplains: 'Sie können diese Seite schließen und sich anmelden.',
    goneExplains:
      'Er wurde benutzt, ist zu alt oder nicht vollständig. Haben Sie Ihre Adresse schon damit bestätigt, melden Sie sich an; sonst fordern Sie einen neuen an.',
  },
  gone: 'Dieser Link gilt nicht mehr',
  goneExplains:
    'Er wurde benutzt, ist zu alt oder nicht vollständig. Fordern Sie dort, wo Sie sich anmelden, einen neuen an.',
  factor: 'Bestätigen Sie, dass Sie es sind',
  factorExplains: 'Zum Abschluss ist ein zweiter Faktor nötig. Wählen Sie einen:',
  hints: {
    TOTP: 'Geben Sie den Code ein, den Ihre Authenticator-App zeigt.',
    EMAIL: 'Geben Sie den Code ein, den Sie per E-Mail bekommen haben.',
    SMS: 'Geben Sie den Code ein, den Sie per SMS bekommen haben.',
    RECOVERY_CODE: 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Er ist damit verbraucht.',
  },
  anotherWay: 'Anderen Weg wählen',
  push: 'Bestätigen Sie es auf Ihrem Gerät',
  pushExplains: 'Geben Sie dort diese Zahl ein:',
  done: 'Sie sind angemeldet',
  doneExplains: 'Sie können diese Seite schließen und in Ihrer Anwendung weitermachen.',
  advice: 'Sie haben einen Wiederherstellungscode benutzt: Richten Sie dort einen neuen zweiten Faktor ein.',
  enrol: 'Als Nächstes: ein zweiter Faktor',
  enrolExplains:
    'Für die Anmeldung brauchen Sie einen zweiten Faktor und haben noch keinen. Ihre Anwendung richtet ihn mit Ihnen ein: Machen Sie dort weiter.',
  elsewhere: 'Noch ein Schritt',
  elsewhereExplains:
    'Ihre Anwendung fragt nach dem, was noch fehlt, etwa nach Ihrem zweiten Faktor: Machen Sie dort weiter.',
  ended: 'Diese Anmeldung ist beendet',
  endedExplains:
    'Sie wurde nicht rechtzeitig abgeschlossen oder abgelehnt. Beginnen Sie dort, wo Sie sich anmelden, von vorn.',
  blocked: 'Diese Anmeldung wurde nicht zugelassen',
  blockedExplains:
    'Sie war zu ungewöhnlich. Versuchen Sie es von dort, wo Sie sich sonst anmelden, oder wenden Sie sich an die Betreiber des Dienstes.',
  wrong: 'Dieser Code stimmt nicht. Verbleibende Versuche:',
  stale: 'Das ging nicht oder dauerte zu lange. Wählen Sie noch einmal.',
  slow: 'Von hier kamen zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es noch einmal.',
  failed: 'Das ging nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
}

export const LINK_PAGE_TEXTS: Readonly<Record<PageLanguage, LinkPageTexts>> = { en, de }
