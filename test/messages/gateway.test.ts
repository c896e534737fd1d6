import { SignUpDocument } from '../../schema/generated/graphql.js'
import { TemplateError } from '../../src/messages/index.js'
import { dataOf } from '../support/client.js'
import { startGateway, until } from '../support/gateway.js'
import { PASSWORD } from '../support/person.js'
import { templateFolder } from './folders.js'

describe('a gateway with templates of its operator', () => {
  it('does not start with a broken one, and names the file', async () => {
    const folder = await templateFolder({ 'en/wrong-codes.txt': 'Subject: Codes\n\nNo link.\n' })
    const starting = startGateway({ env: { STEPGATE_MESSAGES_DIR: folder.directory } })
    await expect(starting).rejects.toThrow(TemplateError)
    await expect(starting).rejects.toThrow('en/wrong-codes.txt lacks {{link}}')
    await folder.remove()
  })

  it('does not start in a language that nothing is written in', async () => {
    await expect(startGateway({ env: { STEPGATE_LANGUAGE: 'fr' } })).rejects.toThrow(TemplateError)
  })

  it('reads them once, at the start, and writes in the language of the browser or its own', async () => {
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
