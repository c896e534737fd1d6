export interface TemplateMistake {
  readonly file: string
  readonly says: string
}

/** Templates that could not be used. Stops the start, so that nobody learns of it from a mail that does not come. */
export class TemplateError extends Error {
  constructor(readonly mistakes: readonly TemplateMistake[]) {
    const lines = mistakes.map(({ file, says }) => `  ${file} ${says}`)
    super(`The message templates have ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${lines.join('\n')}`)
    this.name = 'TemplateError'
  }
}
