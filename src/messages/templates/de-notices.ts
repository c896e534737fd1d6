import type { Templates } from './template.js'

const FACTS = `Zeit: {{time}}
Gerät: {{device}}
Ort: {{place}}
Netzadresse: {{address}}`

const NOT_ME = 'Das war ich nicht: {{link}}'

/** What people are told of their account and their organizations. */
export const deNotices = {
  'email-change-requested': {
    subject: 'Eine neue E-Mail-Adresse wurde bei {{service}} angegeben',
    text: `Jemand, der in Ihrem Konto bei {{service}} angemeldet ist, will dessen E-Mail-Adresse ändern. Sie ändert sich, sobald die neue bestätigt ist.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, und ändern Sie Ihr Passwort: Das hält die Änderung auf.

${NOT_ME}`,
  },
  'email-changed': {
    subject: 'Ihre E-Mail-Adresse bei {{service}} wurde geändert',
    text: `Die E-Mail-Adresse Ihres Kontos bei {{service}} wurde geändert. Die alte und die neue Adresse bekommen beide diese Nachricht.

${FACTS}

Waren Sie es nicht, beenden Sie, was da geschieht, und wenden Sie sich an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  'password-changed': {
    subject: 'Ihr Passwort bei {{service}} wurde geändert',
    text: `Das Passwort Ihres Kontos bei {{service}} wurde geändert, und gemerkte Geräte wurden vergessen.

${FACTS}

Waren Sie es nicht, beenden Sie, was da geschieht, und wenden Sie sich an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  'password-set-by-link': {
    subject: 'Ein neues Passwort bei {{service}} wurde gesetzt',
    text: `Für Ihr Konto bei {{service}} wurde mit einem Link aus einer Mail an Sie ein neues Passwort gesetzt. Alle Sitzungen wurden beendet und gemerkte Geräte vergessen.

${FACTS}

Waren Sie es, ist nichts zu tun. Waren Sie es nicht, liest jemand Ihre Mails: Nehmen Sie es zurück, ändern Sie das Passwort Ihres Postfachs und setzen Sie dann hier ein neues.

${NOT_ME}`,
  },
  'factor-added': {
    subject: 'Ein zweiter Faktor wurde bei {{service}} hinzugefügt',
    text: `Der zweite Faktor „{{factor}}“ wurde Ihrem Konto bei {{service}} hinzugefügt. Ab jetzt öffnet er Ihr Konto.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, nehmen Sie ihn zurück und ändern Sie dann Ihr Passwort.

${NOT_ME}`,
  },
  'factor-replaced': {
    subject: 'Ein zweiter Faktor wurde bei {{service}} ersetzt',
    text: `Der zweite Faktor „{{factor}}“ hat in Ihrem Konto bei {{service}} den Platz von „{{replaced}}“ eingenommen. Andere Sitzungen wurden beendet und gemerkte Geräte vergessen.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, nehmen Sie ihn zurück und ändern Sie dann Ihr Passwort.

${NOT_ME}`,
  },
  'factor-removed': {
    subject: 'Ein zweiter Faktor wurde bei {{service}} entfernt',
    text: `Der zweite Faktor „{{factor}}“ Ihres Kontos bei {{service}} wurde entfernt. Andere Sitzungen wurden beendet und gemerkte Geräte vergessen.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, ändern Sie Ihr Passwort und richten Sie einen neuen Faktor ein.

${NOT_ME}`,
  },
  'factor-disabled': {
    subject: 'Ein zweiter Faktor wurde bei {{service}} gesperrt',
    text: `Für den zweiten Faktor „{{factor}}“ Ihres Kontos bei {{service}} kamen zu viele falsche Antworten, er wurde gesperrt. Nehmen Sie einen anderen oder einen Wiederherstellungscode und richten Sie ihn neu ein.

${FACTS}

Waren diese Antworten nicht von Ihnen, kennt jemand Ihr Passwort: Beenden Sie, was da geschieht, und ändern Sie es.

${NOT_ME}`,
  },
  'factors-reset': {
    subject: 'Ihre zweiten Faktoren bei {{service}} wurden zurückgesetzt',
    text: `Die Betreiber von {{service}} haben alle zweiten Faktoren Ihres Kontos entfernt, seine Sitzungen beendet und seine Geräte vergessen. Bei der nächsten Anmeldung richten Sie einen neuen Faktor ein.

Zeit: {{time}}

Haben Sie nicht darum gebeten, sagen Sie es, auch den Betreibern.

${NOT_ME}`,
  },
  're-enrollment-required': {
    subject: 'Bitte richten Sie bei {{service}} einen neuen zweiten Faktor ein',
    text: `Die Betreiber von {{service}} bitten Sie, einen neuen zweiten Faktor einzurichten. Bei der nächsten Anmeldung werden Sie hindurchgeführt.

Zeit: {{time}}

Haben Sie das nicht erwartet, sagen Sie es, auch den Betreibern.

${NOT_ME}`,
  },
  'recovery-codes-replaced': {
    subject: 'Neue Wiederherstellungscodes bei {{service}}',
    text: `Für Ihr Konto bei {{service}} wurden neue Wiederherstellungscodes erzeugt. Ältere gelten nicht mehr.

${FACTS}

Waren Sie es nicht, beenden Sie, was da geschieht, ändern Sie Ihr Passwort und erzeugen Sie selbst neue.

${NOT_ME}`,
  },
  'recovery-code-used': {
    subject: 'Ein Wiederherstellungscode wurde bei {{service}} benutzt',
    text: `Jemand ist mit einem Wiederherstellungscode in Ihr Konto bei {{service}} gekommen. Übrige Codes: {{codesLeft}}.

${FACTS}

Waren Sie es, richten Sie jetzt einen neuen zweiten Faktor ein: Die Codes gehen zur Neige. Waren Sie es nicht, beenden Sie, was da geschieht, ändern Sie Ihr Passwort und erzeugen Sie neue Codes.

${NOT_ME}`,
  },
  'new-device': {
    subject: 'Ein neues Gerät hat sich bei {{service}} angemeldet',
    text: `Ein Gerät, das wir noch nicht kannten, hat sich in Ihrem Konto bei {{service}} angemeldet.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, und ändern Sie dann Ihr Passwort.

${NOT_ME}`,
  },
  'unusual-sign-in': {
    subject: 'Eine ungewöhnliche Anmeldung bei {{service}}',
    text: `Jemand hat sich in Ihrem Konto bei {{service}} angemeldet oder es mit dem richtigen Passwort versucht, und es sieht nicht nach Ihnen aus.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, und ändern Sie dann Ihr Passwort.

${NOT_ME}`,
  },
  'device-copied': {
    subject: 'Eine Kopie eines Geräts wurde bei {{service}} benutzt',
    text: `Jemand, der Ihr Passwort bei {{service}} kennt, kam mit einem alten Kennzeichen eines Ihrer Geräte. Es wird bei jeder Anmeldung ersetzt; nun gibt es zwei davon, und eines kann in fremden Händen sein. Das Gerät ist nicht mehr gemerkt: Wer es benutzt, wird nach Ihrem zweiten Faktor gefragt.

Gerät: {{name}}

${FACTS}

Haben Sie Ihren Browser oder Rechner gerade aus einer Sicherung wiederhergestellt, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, ändern Sie Ihr Passwort und lassen Sie das Gerät auf Schadsoftware prüfen.

${NOT_ME}`,
  },
  'wrong-codes': {
    subject: 'Falsche Codes für Ihr Konto bei {{service}}',
    text: `Jemand, der Ihr Passwort bei {{service}} kennt, hat mehrmals falsche Codes für Ihren zweiten Faktor eingegeben.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, kennt jemand Ihr Passwort: Beenden Sie, was da geschieht, und ändern Sie es.

${NOT_ME}`,
  },
  'push-denied': {
    subject: 'Sie haben eine Anmeldung bei {{service}} abgelehnt',
    text: `Eine Anfrage für Ihr Konto bei {{service}} wurde auf Ihrem Gerät abgelehnt. Hereingelassen wurde damit niemand.

Abgelehnt: {{time}}
Gefragt von: {{agent}}
Gefragt aus: {{country}}

Haben Sie diese Anmeldung nicht selbst begonnen, kennt jemand Ihr Passwort: Beenden Sie, was da geschieht, und ändern Sie es.

${NOT_ME}`,
  },
  'organization-entered': {
    subject: 'Ihr Konto bei {{service}} ist in einer neuen Organisation',
    text: `Ihr Konto bei {{service}} ist der Organisation {{organization}} beigetreten. Sie kann eigene zweite Faktoren verlangen, wo Sie mit ihr arbeiten, und einschränken, welche Sie neu einrichten.

${FACTS}

Waren Sie es, ist nichts zu tun. Wenn nicht, beenden Sie, was da geschieht, ändern Sie Ihr Passwort und verlassen Sie die Organisation: Daran kann sie Sie nicht hindern.

${NOT_ME}`,
  },
  'organization-membership-ended': {
    subject: 'Sie wurden bei {{service}} aus einer Organisation genommen',
    text: `Die Betreiber von {{service}} haben Ihr Konto aus der Organisation {{organization}} genommen. Ihre Regeln gelten für Sie nicht mehr, und Sie können nicht mehr mit ihr arbeiten.\n\nZeit: {{time}}\n\nHaben Sie das nicht erwartet, fragen Sie nach dem Grund.`,
  },
  'role-granted': {
    subject: 'Ihr Konto bei {{service}} gehört jetzt zu den Betreibern',
    text: `Ihr Konto bei {{service}} hat die Rolle eines Betreibers erhalten: Es kann die Konten anderer sehen und ändern. Offene Sitzungen wurden beendet und gemerkte Geräte vergessen.

Zeit: {{time}}
Durch: {{by}}

Haben Sie das nicht erwartet, sagen Sie es sofort den Betreibern von {{service}} und ändern Sie Ihr Passwort.`,
  },
  'role-revoked': {
    subject: 'Ihr Konto bei {{service}} gehört nicht mehr zu den Betreibern',
    text: `Ihrem Konto bei {{service}} wurde die Rolle eines Betreibers entzogen. Es kann die Konten anderer nicht mehr sehen oder ändern. Ihr eigenes Konto bleibt, wie es ist.

Zeit: {{time}}
Durch: {{by}}

Haben Sie das nicht erwartet, fragen Sie die Betreiber von {{service}} nach dem Grund.`,
  },
  'break-glass-used': {
    subject: 'Eine Notfall-Ausnahme wurde bei {{service}} genutzt',
    text: `Die Richtlinie von {{organization}} bei {{service}} gilt für {{member}} nicht. Diese Person hat sich angemeldet oder etwas getan, was sonst verweigert worden wäre.

${FACTS}

Weiß niemand, warum, beenden Sie es: Nehmen Sie die Ausnahme in der Organisation zurück, und die Person aus ihr heraus.`,
  },
  'data-exported': {
    subject: 'Ihre Daten bei {{service}} wurden herausgegeben',
    text: `Alles, was {{service}} über Sie gespeichert hat, wurde jemandem gegeben, der in Ihrem Konto angemeldet ist.

${FACTS}

Waren Sie es, ist nichts zu tun. Sonst beenden Sie, was da geschieht, und ändern Sie Ihr Passwort.

${NOT_ME}`,
  },
  'account-closed': {
    subject: 'Ihr Konto bei {{service}} ist geschlossen',
    text: `Ihr Konto bei {{service}} wurde von jemandem geschlossen, der darin angemeldet war. Was über Sie gespeichert war, wird gelöscht und lässt sich nicht zurückholen. Mit dieser Adresse können Sie sich neu registrieren.

${FACTS}

Waren Sie es nicht, sagen Sie es den Betreibern von {{service}}.`,
  },
  'account-erased': {
    subject: 'Ihr Konto bei {{service}} wurde gelöscht',
    text: `Die Betreiber von {{service}} haben Ihr Konto gelöscht. Was über Sie gespeichert war, wird gelöscht und lässt sich nicht zurückholen. Mit dieser Adresse können Sie sich neu registrieren.

Zeit: {{time}}

Haben Sie nicht darum gebeten, fragen Sie dort nach dem Grund.`,
  },
} satisfies Partial<Templates>
