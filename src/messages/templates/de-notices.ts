import type { Templates } from './template.js'

const FACTS = `Zeit: {{time}}
Gerät: {{device}}
Ort: {{place}}
IP-Adresse: {{address}}`

const NOT_ME = 'Das war ich nicht: {{link}}'

/** Security events of an account and its organizations. */
export const deNotices = {
  'email-change-requested': {
    subject: 'Neue E-Mail-Adresse für Ihr Konto bei {{service}} angefordert',
    text: `Jemand, der in Ihrem Konto bei {{service}} angemeldet ist, möchte dessen E-Mail-Adresse ändern. Sie ändert sich, sobald die neue Adresse bestätigt ist.

${FACTS}

Falls Sie das waren, müssen Sie hier nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die Änderung abzubrechen und die fremde Sitzung zu beenden. Ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'email-changed': {
    subject: 'Ihre E-Mail-Adresse bei {{service}} wurde geändert',
    text: `Die E-Mail-Adresse Ihres Kontos bei {{service}} wurde geändert. Diese Nachricht geht an die alte und an die neue Adresse.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und wenden Sie sich danach an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  'password-changed': {
    subject: 'Ihr Passwort bei {{service}} wurde geändert',
    text: `Das Passwort Ihres Kontos bei {{service}} wurde geändert. Gemerkte Geräte wurden entfernt.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und setzen Sie danach Ihr Passwort zurück. Kommen Sie nicht mehr in Ihr Konto, wenden Sie sich an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  'password-set-by-link': {
    subject: 'Ihr Passwort bei {{service}} wurde zurückgesetzt',
    text: `Das Passwort Ihres Kontos bei {{service}} wurde mit einem Link zurückgesetzt, den wir Ihnen per E-Mail geschickt haben. Alle Sitzungen wurden beendet und gemerkte Geräte entfernt.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, kann jemand anderes Ihre E-Mails lesen. Wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, ändern Sie das Passwort Ihres Postfachs, und setzen Sie dann Ihr Passwort hier noch einmal zurück.

${NOT_ME}`,
  },
  'factor-added': {
    subject: 'Zweiter Faktor zu Ihrem Konto bei {{service}} hinzugefügt',
    text: `Der zweite Faktor „{{factor}}“ wurde zu Ihrem Konto bei {{service}} hinzugefügt. Mit ihm lassen sich jetzt Ihre Anmeldungen bestätigen.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um den neuen Faktor zu sperren und alle Sitzungen zu beenden. Ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'factor-replaced': {
    subject: 'Zweiter Faktor Ihres Kontos bei {{service}} ersetzt',
    text: `In Ihrem Konto bei {{service}} wurde der zweite Faktor „{{replaced}}“ durch „{{factor}}“ ersetzt. Ihre anderen Sitzungen wurden beendet und gemerkte Geräte entfernt.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um den neuen Faktor zu sperren und alle Sitzungen zu beenden. Ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'factor-removed': {
    subject: 'Zweiter Faktor Ihres Kontos bei {{service}} entfernt',
    text: `Der zweite Faktor „{{factor}}“ wurde aus Ihrem Konto bei {{service}} entfernt. Ihre anderen Sitzungen wurden beendet und gemerkte Geräte entfernt.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden. Ändern Sie danach Ihr Passwort, und richten Sie einen neuen zweiten Faktor ein.

${NOT_ME}`,
  },
  'factor-disabled': {
    subject: 'Zweiter Faktor Ihres Kontos bei {{service}} gesperrt',
    text: `Mit dem zweiten Faktor „{{factor}}“ Ihres Kontos bei {{service}} gab es zu viele Fehlversuche, deshalb wurde er gesperrt. Melden Sie sich mit einem anderen Faktor oder einem Wiederherstellungscode an, und richten Sie ihn dann neu ein.

${FACTS}

Falls diese Versuche nicht von Ihnen waren, kennt vielleicht jemand Ihr Passwort. Wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'factors-reset': {
    subject: 'Ihre zweiten Faktoren bei {{service}} wurden zurückgesetzt',
    text: `Die Administration von {{service}} hat alle zweiten Faktoren und gemerkten Geräte Ihres Kontos entfernt und alle Sitzungen beendet. Bei der nächsten Anmeldung richten Sie einen neuen zweiten Faktor ein.

Zeit: {{time}}

Haben Sie nicht darum gebeten, wählen Sie „Das war ich nicht“, und wenden Sie sich an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  're-enrollment-required': {
    subject: 'Bitte richten Sie bei {{service}} einen neuen zweiten Faktor ein',
    text: `Die Administration von {{service}} verlangt, dass Sie einen neuen zweiten Faktor einrichten. Sie werden dazu aufgefordert, wenn Sie {{service}} das nächste Mal nutzen.

Zeit: {{time}}

Haben Sie das nicht erwartet, wählen Sie „Das war ich nicht“, und wenden Sie sich an die Betreiber von {{service}}.

${NOT_ME}`,
  },
  'recovery-codes-replaced': {
    subject: 'Neue Wiederherstellungscodes für Ihr Konto bei {{service}}',
    text: `Für Ihr Konto bei {{service}} wurden neue Wiederherstellungscodes erstellt. Die alten funktionieren nicht mehr.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die neuen Codes ungültig zu machen und alle Sitzungen zu beenden. Ändern Sie danach Ihr Passwort, und erstellen Sie selbst neue Codes.

${NOT_ME}`,
  },
  'recovery-code-used': {
    subject: 'Ein Wiederherstellungscode wurde bei {{service}} benutzt',
    text: `Ein Wiederherstellungscode Ihres Kontos bei {{service}} wurde benutzt. Übrige Codes: {{codesLeft}}.

${FACTS}

Falls Sie das waren, richten Sie einen neuen zweiten Faktor ein, bevor Ihnen die Codes ausgehen. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden. Ändern Sie danach Ihr Passwort, und erstellen Sie neue Codes.

${NOT_ME}`,
  },
  'new-device': {
    subject: 'Anmeldung mit einem neuen Gerät in Ihrem Konto bei {{service}}',
    text: `In Ihrem Konto bei {{service}} hat sich ein Gerät angemeldet, das wir noch nicht kannten.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um das Gerät abzumelden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'unusual-sign-in': {
    subject: 'Ungewöhnliche Anmeldung in Ihrem Konto bei {{service}}',
    text: `Jemand hat sich auf eine für Sie ungewöhnliche Weise in Ihrem Konto bei {{service}} angemeldet oder es versucht. Diese Person hatte Ihr Passwort oder einen anderen Ihrer Anmeldewege.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'device-copied': {
    subject: 'Eines Ihrer gemerkten Geräte bei {{service}} wurde vielleicht kopiert',
    text: `Jemand mit Ihrem Passwort oder einem anderen Ihrer Anmeldewege bei {{service}} hat eine alte Kopie des Kennzeichens benutzt, an dem wir eines Ihrer Geräte erkennen. Dieses Kennzeichen ändert sich bei jeder Anmeldung. Es gibt jetzt also zwei davon, und eines könnte in fremden Händen sein. Wir merken uns das Gerät nicht mehr: Es muss Ihren zweiten Faktor erneut bestätigen.

Gemerktes Gerät: {{name}}

${FACTS}

Haben Sie gerade Ihren Browser oder Computer aus einer Sicherung wiederhergestellt, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, ändern Sie Ihr Passwort, und prüfen Sie das Gerät auf Schadsoftware.

${NOT_ME}`,
  },
  'wrong-codes': {
    subject: 'Falsche Codes für Ihr Konto bei {{service}}',
    text: `Jemand hat mehrmals falsche Codes für Ihren zweiten Faktor bei {{service}} eingegeben. Den ersten Schritt der Anmeldung, meist das Passwort, hatte diese Person schon bestanden.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, kennt vielleicht jemand Ihr Passwort. Wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'push-denied': {
    subject: 'Sie haben eine Anfrage bei {{service}} abgelehnt',
    text: `Eine Anfrage, eine Anmeldung oder eine andere Aktion in Ihrem Konto bei {{service}} zu bestätigen, wurde auf Ihrem Gerät abgelehnt. Sie wurde nicht ausgeführt.

Abgelehnt: {{time}}
Angefragt von: {{agent}}
Angefragt aus: {{country}}

Haben Sie das nicht selbst begonnen, kennt vielleicht jemand Ihr Passwort. Wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'organization-entered': {
    subject: 'Ihr Konto bei {{service}} ist einer Organisation beigetreten',
    text: `Ihr Konto bei {{service}} gehört jetzt zur Organisation {{organization}}. Die Organisation kann bestimmte zweite Faktoren verlangen, wenn Sie in ihr arbeiten, und einschränken, welche Sie einrichten.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden. Ändern Sie danach Ihr Passwort, und verlassen Sie die Organisation. Das ist jederzeit möglich.

${NOT_ME}`,
  },
  'organization-membership-ended': {
    subject: 'Sie wurden bei {{service}} aus einer Organisation entfernt',
    text: `Die Administration von {{service}} hat Ihr Konto aus der Organisation {{organization}} entfernt. Sie können nicht mehr in ihr arbeiten, und ihre Regeln gelten nicht mehr für Sie.

Zeit: {{time}}

Haben Sie das nicht erwartet, wenden Sie sich an die Betreiber von {{service}}.`,
  },
  'role-granted': {
    subject: 'Ihr Konto bei {{service}} hat jetzt Administratorrechte',
    text: `Ihr Konto bei {{service}} hat Administratorrechte erhalten: Es kann die Konten anderer Personen sehen und ändern. Alle Sitzungen wurden beendet und gemerkte Geräte entfernt.

Zeit: {{time}}
Erteilt durch: {{by}}

Haben Sie das nicht erwartet, wenden Sie sich sofort an die Betreiber von {{service}}, und ändern Sie Ihr Passwort.`,
  },
  'role-revoked': {
    subject: 'Ihr Konto bei {{service}} hat keine Administratorrechte mehr',
    text: `Ihrem Konto bei {{service}} wurden die Administratorrechte entzogen. Es kann die Konten anderer Personen nicht mehr sehen oder ändern. Ihr eigenes Konto bleibt unverändert.

Zeit: {{time}}
Entzogen durch: {{by}}

Haben Sie das nicht erwartet, wenden Sie sich an die Betreiber von {{service}}.`,
  },
  'break-glass-used': {
    subject: 'Notfallzugang bei {{service}} benutzt',
    text: `{{member}} hat einen Notfallzugang („Break-Glass“) zu {{organization}} bei {{service}}: Die Sicherheitsrichtlinie gilt für diese Person nicht. Sie hat sich angemeldet oder etwas getan, was die Richtlinie sonst verhindert hätte.

${FACTS}

Weiß niemand in der Administration der Organisation, warum, heben Sie die Ausnahme auf, und entfernen Sie dann das Mitglied.`,
  },
  'data-exported': {
    subject: 'Ihre Daten bei {{service}} wurden exportiert',
    text: `Jemand, der in Ihrem Konto angemeldet ist, hat alle Daten exportiert, die {{service}} über Sie speichert.

${FACTS}

Falls Sie das waren, müssen Sie nichts tun. Falls nicht, wählen Sie „Das war ich nicht“, um die fremde Sitzung zu beenden, und ändern Sie danach Ihr Passwort.

${NOT_ME}`,
  },
  'account-closed': {
    subject: 'Ihr Konto bei {{service}} wurde geschlossen',
    text: `Jemand, der in Ihrem Konto bei {{service}} angemeldet war, hat es geschlossen. Ihre Daten werden gelöscht und können nicht wiederhergestellt werden. Mit dieser Adresse können Sie sich neu registrieren.

${FACTS}

Falls Sie das nicht waren, wenden Sie sich an die Betreiber von {{service}}.`,
  },
  'account-erased': {
    subject: 'Ihr Konto bei {{service}} wurde gelöscht',
    text: `Die Administration von {{service}} hat Ihr Konto gelöscht. Ihre Daten werden gelöscht und können nicht wiederhergestellt werden. Mit dieser Adresse können Sie sich neu registrieren.

Zeit: {{time}}

Haben Sie nicht darum gebeten, wenden Sie sich an die Betreiber von {{service}}.`,
  },
} satisfies Partial<Templates>
