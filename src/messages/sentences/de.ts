import { contributionsInGerman } from './contributions-de.js'
import type { SentenceTexts } from './sentence-texts.js'

/** The German messages of the API. */
export const de: SentenceTexts = {
  'error.UNAUTHENTICATED': 'Melden Sie sich an, um fortzufahren.',
  'error.MFA_REQUIRED': 'Bestätigen Sie Ihren zweiten Faktor, um die Anmeldung abzuschließen.',
  'error.ORGANIZATION_REQUIRED': 'Wählen Sie eine Organisation, um die Anmeldung fortzusetzen.',
  'error.STEP_UP_REQUIRED': 'Bestätigen Sie, dass Sie es sind, um fortzufahren.',
  'error.MFA_ENROLLMENT_REQUIRED': 'Richten Sie einen zweiten Faktor ein, um fortzufahren.',
  'error.FORBIDDEN': 'Dazu fehlt Ihnen die Berechtigung.',
  'error.RISK_BLOCKED':
    'Wir haben diese Anfrage blockiert, weil sie ungewöhnlich ist. Wenden Sie sich an den Support und nennen Sie diese Referenz.',
  'error.CODE_INVALID': 'Dieser Code ist falsch. Prüfen Sie ihn und versuchen Sie es noch einmal.',
  'error.CHALLENGE_NOT_AVAILABLE': 'Diese Abfrage ist beendet. Starten Sie eine neue.',
  'error.MFA_TOKEN_INVALID': 'Diese Bestätigung ist ungültig. Beginnen Sie von vorn.',
  'error.MFA_TOKEN_EXPIRED': 'Diese Bestätigung ist abgelaufen. Beginnen Sie von vorn.',
  'error.MFA_TOKEN_NOT_FOUND': 'Diese Bestätigung wurde bereits verwendet. Beginnen Sie von vorn.',
  'error.TOO_MANY_ATTEMPTS': 'Zu viele Versuche. Versuchen Sie es später noch einmal.',
  'error.RATE_LIMITED': 'Zu viele Anfragen. Versuchen Sie es später noch einmal.',
  'error.BAD_USER_INPUT': 'In dieser Anfrage fehlt etwas, oder etwas ist ungültig.',
  'error.GRAPHQL_VALIDATION_FAILED': 'Diese Anfrage passt nicht zum Schema der API.',
  'error.DOCUMENT_TOO_LARGE': 'Diese Anfrage ist zu groß.',
  'error.PERSISTED_QUERY_NOT_SUPPORTED': 'Dieser Server nimmt keine gespeicherten Abfragen an.',
  'error.UNAVAILABLE': 'Der Dienst ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  'error.INTERNAL_SERVER_ERROR':
    'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal, oder nennen Sie dem Support die Kennung der Anfrage.',

  'account.address-from-issuer':
    'Ihre E-Mail-Adresse wird in der Anmeldung Ihrer Organisation verwaltet. Ändern Sie sie dort.',
  'account.language-unknown': 'Diese Sprache gibt es hier nicht. Wählen Sie eine von diesen: {{languages}}.',
  'account.no-password-here':
    'Sie melden sich über einen anderen Dienst an, deshalb hat dieses Konto hier kein Passwort.',

  'audit.bad-checkpoint': 'Geben Sie einen Checkpoint mit seiner Nummer und seinem Hash in Hexadezimalschreibweise an.',
  'audit.bad-filter': 'Der Filter ist fehlerhaft oder nennt eine unbekannte Aktion.',
  'audit.bad-page-size': 'Fragen Sie nach 1 bis 100 Ereignissen, entweder mit `first` oder mit `last`.',
  'audit.bad-range': '`from` muss vor `until` liegen.',

  'challenge.asks-first': 'Starten Sie für diesen Faktor zuerst eine Abfrage.',
  'challenge.factor-not-admitted': 'Dieser Faktor erfüllt die Anforderung nicht. Wählen Sie einen anderen.',
  'challenge.factor-out-of-use': 'Dieser Faktor ist abgelaufen oder zu oft gescheitert. Richten Sie ihn neu ein.',
  'challenge.one-of-two': 'Nennen Sie entweder die Abfrage oder den Faktor.',
  'challenge.token-of-another-call':
    'Das mfaToken gehört zum Faktor und nicht zu einer Abfrage, die schon begonnen hat.',
  'challenge.undeliverable': 'Wir konnten die Nachricht nicht zustellen. Nehmen Sie einen anderen Faktor.',

  'cursor.connection': 'Der Cursor gehört nicht zu dieser Liste.',
  'cursor.export': 'Der Cursor gehört nicht zu diesem Export.',

  'erasure.last-admin':
    'Sie sind die letzte Administratorin oder der letzte Administrator einer Organisation. Geben Sie zuerst einem anderen Mitglied diese Rolle.',
  'erasure.operator':
    'Dieses Konto gehört zu den Betreibern. Entziehen Sie ihm die Rolle mit `stepgate admin revoke`, bevor Sie es löschen.',

  'enrollment.another-began': 'Gleichzeitig wurde eine andere Einrichtung begonnen. Versuchen Sie es noch einmal.',
  'enrollment.factor-does-not-count':
    'Ihr Konto braucht einen Faktor anderer Art. Richten Sie zuerst einen solchen ein.',
  'enrollment.factor-first':
    'Richten Sie zuerst einen anderen Faktor ein. Wiederherstellungscodes ersetzen nur einen, den Sie nicht benutzen können.',
  'enrollment.phone-number': 'Geben Sie eine Mobilnummer mit Landesvorwahl ein, zum Beispiel +49 1512 3456789.',
  'enrollment.same-channel': 'Sie haben schon einen Faktor mit dieser Adresse oder Nummer.',
  'enrollment.too-many': 'Ihr Konto hat die größte erlaubte Zahl von Faktoren. Entfernen Sie zuerst einen.',
  'enrollment.type-not-offered': 'Diese Art von Faktor gibt es hier nicht.',
  'enrollment.undeliverable': 'An diese Adresse oder Nummer können wir nichts zustellen.',

  'factor.last': 'Ihren letzten Faktor können Sie nicht entfernen. Richten Sie zuerst einen anderen ein.',
  'factor-warning.mailbox':
    'Ein Code per E-Mail beweist nur den Zugang zum Postfach, mit dem sich auch das Passwort zurücksetzen lässt. Er kann abgefischt werden.',
  'factor-warning.restricted':
    'Codes an eine Telefonnummer können abgefangen oder umgeleitet werden (NIST SP 800-63B: eingeschränkter Authentikator). ' +
    'Richten Sie zusätzlich einen Passkey oder eine Authenticator-App ein.',

  'http.accept-json': 'Akzeptieren Sie application/json.',
  'http.content-type': 'Senden Sie application/json in UTF-8.',
  'http.foreign-origin': 'Diese Herkunft darf die API nicht aufrufen.',
  'http.malformed': 'Senden Sie eine GraphQL-Anfrage als JSON-Objekt.',
  'http.method': 'Verwenden Sie {{methods}}.',
  'http.not-found': 'Hier gibt es nichts.',

  'input.fields': 'Ungültig: {{fields}}.',
  'input.no-operation': 'Das Dokument enthält keine Operation mit diesem Namen.',

  'invitation.not-available':
    'Diese Einladung ist abgelaufen, wurde zurückgezogen oder gilt für eine andere E-Mail-Adresse als die Ihres Kontos.',
  'invitation.too-many':
    'Die Organisation hat die größte erlaubte Zahl offener Einladungen. Ziehen Sie zuerst einige zurück.',

  'link.code-not-available':
    'Dieser Code ist nicht mehr gültig oder wurde in einem anderen Browser oder einer App angefordert. Fordern Sie eine neue Nachricht an.',
  'link.codes-off': 'Codes neben den Links in Nachrichten gibt es hier nicht.',
  'link.not-available': 'Dieser Link ist nicht mehr gültig.',
  'link.other-browser-code':
    'Sie haben diesen Link in einem anderen Browser angefordert. Geben Sie den Code ein, der dort angezeigt wird.',
  'link.other-browser-password':
    'Dieser Link wurde in einem anderen Browser oder einer App angefordert. Öffnen Sie ihn dort, oder geben Sie das Passwort ein, das Sie dort gewählt haben.',
  'link.sign-in-off': 'Die Anmeldung per Link gibt es hier nicht.',

  'list.blocks-you': 'Dieser Eintrag würde Sie aussperren: Er passt auf Ihre jetzige Adresse oder Ihr Gerät.',
  'list.expired': 'Das Ablaufdatum liegt in der Vergangenheit.',
  'list.full': 'Die Listen sind voll. Entfernen Sie Einträge, die Sie nicht mehr brauchen.',
  'list.one-subject': 'Nennen Sie genau eines von address, asn, country und deviceId.',
  'list.too-wide': 'Das Netz ist zu groß. Verwenden Sie mindestens /8 bei IPv4 und /16 bei IPv6.',
  'list.unknown': 'Diesen Eintrag gibt es nicht.',

  'operator.not-yourself':
    'Das können Sie nicht mit Ihrem eigenen Konto tun. Bitten Sie eine andere Person aus dem Betrieb.',

  'organization.changed-meanwhile':
    'Die Organisation hat sich geändert, seit Sie sie geladen haben. Laden Sie sie neu.',
  'organization.decides': 'Das legt Ihre Organisation fest. Sie können es nicht selbst ändern.',
  'organization.domain-not-proved':
    'Wir haben den TXT-Eintrag nicht gefunden. DNS-Änderungen brauchen manchmal Zeit; versuchen Sie es später noch einmal.',
  'organization.domain-public':
    'An dieser Domain kann jede Person ein Postfach bekommen, deshalb ist sie zum Beitreten nicht geeignet.',
  'organization.domain-taken': 'Eine andere Organisation hat diese Domain nachgewiesen.',
  'organization.last-admin':
    'Eine Organisation braucht jemanden mit Administratorrolle. Geben Sie diese zuerst einem anderen Mitglied.',
  'organization.last-admin-of-it': 'Dieses Konto ist das letzte mit Administratorrolle in der Organisation.',
  'organization.no-common-factor':
    'Kein Faktor erfüllt zugleich die Regeln dieser Organisation und Ihrer anderen Organisationen. Verlassen Sie zuerst eine davon.',
  'organization.no-dns-answer': 'Der DNS-Server hat nicht geantwortet. Versuchen Sie es noch einmal.',
  'organization.not-selected': 'Sie arbeiten gerade in einer anderen Organisation. Wechseln Sie zuerst zu dieser.',
  'organization.policy-age': 'maxAgeSeconds muss zwischen {{min}} und {{max}} liegen.',
  'organization.policy-deadline': 'enrollmentGraceUntil muss in der Zukunft liegen, höchstens ein Jahr von heute an.',
  'organization.policy-roles': 'roles muss jede Rolle einmal nennen und mehr als einen Faktor von ihr verlangen.',
  'organization.policy-type-not-offered': 'methods nennt eine Art von Faktor, die es hier nicht gibt.',
  'organization.policy-types-too-weak': 'methods nennt keine Art von Faktor, die für diese Richtlinie stark genug ist.',
  'organization.policy-window':
    'riskThresholds müssen jeweils um mindestens 1 steigen: low ab {{low}}, medium ab {{medium}}, high von {{high}} bis {{highest}}.',
  'organization.shuts-you-out':
    'Diese Richtlinie würde Sie aussperren. Bestätigen Sie einen Faktor, den sie erlaubt, oder benennen Sie zuerst ein Notfallmitglied.',
  'organization.too-many': 'Ihr Konto ist in der größten erlaubten Zahl von Organisationen.',
  'organization.too-many-admins':
    'Die Organisation hat die größte erlaubte Zahl von Mitgliedern mit Administratorrolle.',
  'organization.too-many-domains': 'Die Organisation hat die größte erlaubte Zahl von Domains.',
  'organization.too-many-exempt':
    'Es ist schon die größte erlaubte Zahl von Mitgliedern von der Richtlinie ausgenommen.',

  'passkey.not-offered': 'Passkeys gibt es hier nicht.',
  'passkey.wrong': 'Der Passkey wurde nicht angenommen.',

  'password.common': 'Dieses Passwort gehört zu denen, die Angreifer zuerst versuchen. Wählen Sie ein anderes.',
  'password.contains-email': 'Das Passwort darf nicht aus Ihrer E-Mail-Adresse gemacht sein.',
  'password.too-long': 'Das Passwort ist zu lang.',
  'password.too-short': 'Das Passwort ist zu kurz.',
  'password.wrong': 'Die E-Mail-Adresse oder das Passwort ist falsch.',

  'push.device-unknown': 'Dieses Gerät ist nicht verbunden, oder seine Uhr geht um mehr als eine Minute falsch.',

  'risk.label-full': 'Dieses Konto hat die größte erlaubte Zahl von Bewertungen. Jede läuft nach 180 Tagen ab.',
  'risk.label-nothing-kept': 'Von dieser Entscheidung ist nichts aufbewahrt, woraus das Profil lernen könnte.',
  'risk.label-too-old': 'Diese Entscheidung ist zu alt: Aus dieser Zeit bewahrt das Profil nichts mehr auf.',

  'service-key.audience': 'Das ist der Empfänger der eigenen Zugriffstoken des Gateways. Nennen Sie Ihr Backend.',
  'service-key.changed-meanwhile':
    'Der Schlüssel wurde gleichzeitig geändert. Laden Sie ihn neu und versuchen Sie es noch einmal.',
  'service-key.expiry': 'Das Ablaufdatum liegt in der Vergangenheit oder später, als Schlüssel gelten dürfen.',
  'service-key.scope': 'Dem Schlüssel fehlt der Scope {{scope}}.',
  'service-key.too-many':
    'Es gibt schon die größte erlaubte Zahl von Schlüsseln. Widerrufen Sie einige, die Sie nicht mehr brauchen.',
  'service-key.unknown': 'Diesen Schlüssel gibt es nicht, oder er ist beendet.',

  'session.newer-credential': 'Diese Sitzung hat neuere Zugangsdaten. Senden Sie die Anfrage damit noch einmal.',

  'sign-in.blocked': 'Wir konnten Sie nicht anmelden. Wenden Sie sich an den Support und nennen Sie diese Referenz.',
  'sign-in.over': 'Diese Anmeldung ist beendet. Beginnen Sie von vorn.',

  'step-up.account.close': 'Bestätigen Sie, dass Sie es sind, um Ihr Konto zu schließen.',
  'step-up.admin.accounts': 'Bestätigen Sie, dass Sie es sind, um Konten zu verwalten.',
  'step-up.admin.audit': 'Bestätigen Sie, dass Sie es sind, um das Audit-Protokoll zu sehen.',
  'step-up.admin.erase': 'Bestätigen Sie, dass Sie es sind, um ein Konto zu löschen.',
  'step-up.admin.export': 'Bestätigen Sie, dass Sie es sind, um die Daten eines Kontos zu exportieren.',
  'step-up.admin.lists': 'Bestätigen Sie, dass Sie es sind, um die Erlaubnis- und Sperrlisten zu ändern.',
  'step-up.admin.policy': 'Bestätigen Sie, dass Sie es sind, um die Zugriffsregeln zu sehen.',
  'step-up.admin.risk': 'Bestätigen Sie, dass Sie es sind, um Risikoentscheidungen zu sehen und zu bewerten.',
  'step-up.admin.service-keys': 'Bestätigen Sie, dass Sie es sind, um Dienstschlüssel zu verwalten.',
  'step-up.data.export': 'Bestätigen Sie, dass Sie es sind, um Ihre Daten herunterzuladen.',
  'step-up.default': 'Bestätigen Sie, dass Sie es sind, um fortzufahren.',
  'step-up.email.change': 'Bestätigen Sie, dass Sie es sind, um Ihre E-Mail-Adresse zu ändern.',
  'step-up.factor.enroll': 'Bestätigen Sie, dass Sie es sind, um einen Anmeldeweg hinzuzufügen.',
  'step-up.factor.remove': 'Bestätigen Sie, dass Sie es sind, um einen Anmeldeweg zu entfernen.',
  'step-up.factor.rename': 'Bestätigen Sie, dass Sie es sind, um einen Anmeldeweg umzubenennen.',
  'step-up.organization.enter':
    'Bestätigen Sie, dass Sie es sind, um einer Organisation beizutreten oder eine zu gründen.',
  'step-up.organization.leave': 'Bestätigen Sie, dass Sie es sind, um eine Organisation zu verlassen.',
  'step-up.organization.manage': 'Bestätigen Sie, dass Sie es sind, um Ihre Organisation zu verwalten.',
  'step-up.organization.opt-in': 'Bestätigen Sie, dass Sie es sind, um zu ändern, wann Sie gefragt werden.',
  'step-up.password.change': 'Bestätigen Sie, dass Sie es sind, um Ihr Passwort zu ändern.',
  'step-up.phone.change': 'Bestätigen Sie, dass Sie es sind, um Ihre Telefonnummer zu ändern.',
  'step-up.profile.read': 'Bestätigen Sie, dass Sie es sind, um Ihre persönlichen Daten zu sehen.',
  'step-up.profile.update': 'Bestätigen Sie, dass Sie es sind, um Ihre persönlichen Daten zu ändern.',
  'step-up.recovery-codes.regenerate': 'Bestätigen Sie, dass Sie es sind, um neue Wiederherstellungscodes zu bekommen.',
  'step-up.session.revoke': 'Bestätigen Sie, dass Sie es sind, um Sitzungen zu beenden.',
  'step-up.sign-in-again': 'Melden Sie sich erneut an, um fortzufahren.',

  'token.wrong': 'Das Token wurde nicht angenommen.',

  'wait.attempts': 'Zu viele Versuche. Versuchen Sie es in {{wait}} noch einmal.',
  'wait.requests': 'Zu viele Anfragen. Versuchen Sie es in {{wait}} noch einmal.',

  ...contributionsInGerman,
}
