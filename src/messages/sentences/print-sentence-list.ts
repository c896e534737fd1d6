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

Every error has \`extensions.messageId\` beside its message. Ids are stable, so clients with their own wording can use
them. Ids that start with \`contribution.\` are the \`detail\` of a contribution to a risk score, which operators read.
[messages.md](messages.md) explains which language is used, and how to write your own texts or add a language.

| messageId | ${languages.join(' | ')} |
| --- | ${languages.map(() => '---').join(' | ')} |
${rows.join('\n')}
`
}
