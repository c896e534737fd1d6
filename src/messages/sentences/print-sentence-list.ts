import { SENTENCES } from './create-sentences.js'

const cell = (text: string): string => text.replace(/\|/g, '\\|')

/** The content of docs/sentences.md. */
export function printSentenceList(): string {
  const languages = Object.keys(SENTENCES)
  const ids = Object.keys(SENTENCES['en'] ?? {}).sort()
  const rows = ids.map((id) => {
    const texts = Object.values(SENTENCES).map((each) => cell((each as Record<string, string>)[id] ?? ''))
    return `| \`${id}\` | ${texts.join(' | ')} |`
  })
  return `# Sentences of the API

Every error carries \`extensions.messageId\` beside its message. Ids are stable: clients that have words of their own go by
them. The message is in the language of \`Accept-Language\`, else in that of the account, else in that of the installation.
Ids that start with \`contribution.\` are not errors: they explain a risk score to operators, as the \`detail\` of a contribution.
How to write your own, also in another language: [messages.md](messages.md).

| messageId | ${languages.join(' | ')} |
| --- | ${languages.map(() => '---').join(' | ')} |
${rows.join('\n')}
`
}
