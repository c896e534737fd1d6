/** Templates that could not be used. Stops the start, so that nobody learns of it from a mail that does not come. */
export class TemplateError extends Error {
  constructor(readonly mistakes: readonly { readonly file: string; readonly says: string }[]) {
    const lines = mistakes.map(({ file, says }) => `  ${file} ${says}`)
    super(`The message templates have ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${lines.join('\n')}`)
    this.name = 'TemplateError'
  }
}
