export interface TemplateMistake {
  readonly file: string
  readonly says: string
}

/** Mistakes in the operator's templates. They stop the start, so that they are not noticed only by missing mail. */
export class TemplateError extends Error {
  constructor(readonly mistakes: readonly TemplateMistake[]) {
    const lines = mistakes.map(({ file, says }) => `  ${file} ${says}`)
    super(
      `The message templates of STEPGATE_MESSAGES_DIR have ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${lines.join('\n')}`,
    )
    this.name = 'TemplateError'
  }
}
