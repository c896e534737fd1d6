import {
  ChangeEmailDocument,
  MyProfileDocument,
  SetLanguageDocument,
  SignInDocument,
  SignUpDocument,
  VerifyEmailDocument,
} from '../../schema/generated/graphql.js'
import { TemplateError } from '../../src/messages/index.js'
import { storedPerson } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { beginSms } from '../support/factors.js'
import { startGateway, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { enrollTotp, PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { templateFolder } from './folders.js'

describe('a gateway with the operator’s templates', () => {
  it('does not start with a broken template, and names the file', async () => {
    const folder = await templateFolder({ 'en/wrong-codes.txt': 'Subject: Codes\n\nNo link.\n' })
    const starting = startGateway({ env: { STEPGATE_MESSAGES_DIR: folder.directory } })
    await expect(starting).rejects.toThrow(TemplateError)
    await expect(starting).rejects.toThrow('en/wrong-codes.txt lacks {{link}}')
    await folder.remove()
  })

  it('does not start in a language without templates', async () => {
    await expect(startGateway({ env: { STEPGATE_LANGUAGE: 'fr' } })).rejects.toThrow(TemplateError)
  })

  it('reads them once at the start, and writes in the language of the browser or its own', async () => {
    const folder = await templateFolder({
      'fr/confirm-sign-up.txt': 'Subject: Confirmez chez {{service}}\n\nConfirmer : {{link}}\n',
    })
    const gateway = await startGateway({ env: { STEPGATE_MESSAGES_DIR: folder.directory, STEPGATE_LANGUAGE: 'de' } })
    await folder.remove()
    const subjectFor = async (email: string, language: string) => {
      const client = gateway.client({ headers: { 'accept-language': language } })
      dataOf(await client.send(SignUpDocument, { input: { email, password: PASSWORD } }))
      const [mail] = await until(async () => {
        const mails = await gateway.mailTo(email)
        return mails.length > 0 ? mails : null
      })
      return mail?.subject
    }
    expect(await subjectFor('a@example.com', 'fr-FR,fr;q=0.9')).toBe('Confirmez chez Stepgate')
    expect(await subjectFor('b@example.com', 'en')).toBe('Confirm your e-mail address for Stepgate')
    expect(await subjectFor('c@example.com', 'it')).toBe('Bestätigen Sie Ihre E-Mail-Adresse für Stepgate')
    expect(await subjectFor('d@example.com', 'it, fr;q=0.7, en;q=0.5')).toBe('Confirmez chez Stepgate')
    await gateway.close()
  })
})

describe('the API', () => {
  const gateway = gatewayForAll()
  const GERMAN = { headers: { 'accept-language': 'de' } }

  it('asks for a step-up in the language of the request, and in English in the header for programs', async () => {
    const { client } = await signIn(gateway, await registered(gateway), GERMAN)
    await enrollTotp(gateway, client)
    gateway.clock.advance(301)
    const refused = await client.send(ChangeEmailDocument, { input: { newEmail: 'new@example.com' } })
    expect(refused.errors[0]?.message).toBe('Bestätigen Sie, dass Sie es sind, um Ihre E-Mail-Adresse zu ändern.')
    expect(refused.errors[0]?.extensions['messageId']).toBe('step-up.email.change')
    expect(refused.headers.get('www-authenticate')).toContain(
      'error_description="Confirm it is you to change your e-mail address."',
    )
  })

  it('warns of a factor in the language of the request', async () => {
    const { client } = await signIn(gateway, await registered(gateway), GERMAN)
    const { factor } = await beginSms(gateway, client)
    expect(factor.warnings).toEqual([
      { code: 'RESTRICTED_AUTHENTICATOR', message: expect.stringContaining('abgefangen') as string },
    ])
  })

  it('speaks the language that an account signed up in to clients that name none', async () => {
    const email = 'erika@example.com'
    const browser = gateway.client(GERMAN)
    dataOf(await browser.send(SignUpDocument, { input: { email, password: PASSWORD } }))
    dataOf(await browser.send(VerifyEmailDocument, { input: { token: await gateway.linkTokenFor(email) } }))
    const { client } = await signIn(gateway, email)
    const refused = await client.send(MyProfileDocument)
    expect(refused.errors[0]?.message).toBe('Bestätigen Sie, dass Sie es sind, um Ihre persönlichen Daten zu sehen.')
    const english = await client.send(MyProfileDocument, undefined, {
      'accept-language': 'en-US,en;q=0.9',
    })
    expect(english.errors[0]?.message).toBe('Confirm it is you to see your personal data.')
  })

  it('speaks the language that the owner of an account chose, whatever the browser prefers, until it is given up', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email, { headers: { 'accept-language': 'en' } })
    const choose = (language: string | null) => client.send(SetLanguageDocument, { input: { language } })
    const messageOf = async () => (await client.send(MyProfileDocument)).errors[0]?.message
    expect(dataOf(await choose('de')).setLanguage.language).toBe('de')
    expect(await messageOf()).toMatch(/^Bestätigen Sie/)
    expect(dataOf(await choose(null)).setLanguage.language).toBeNull()
    expect(await messageOf()).toMatch(/^Confirm/)
    // Mails stay in the language they had: the gateway knows no other.
    expect((await storedPerson(gateway, email)).language).toBe('de')
  })

  it('takes no language that nothing is written in', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    for (const language of ['fr', 'de-AT', 'toString', '', 'x'.repeat(36)]) {
      const refused = await client.send(SetLanguageDocument, { input: { language } })
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: ['language'] })
    }
  })

  it('refuses a wrong password in the language of the browser', async () => {
    const { email } = await withTotp(gateway)
    const refused = await gateway.client(GERMAN).send(SignInDocument, { input: { email, password: 'wrong password' } })
    expect(refused.errors[0]).toMatchObject({
      message: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
      extensions: { code: 'UNAUTHENTICATED', messageId: 'password.wrong' },
    })
  })
})
