/** One mistake in the environment. Never quotes the value: it may be a secret. */
export interface Mistake {
  readonly setting: string
  readonly says: string
}

/** Every mistake of the environment at once, so that five mistakes do not take five starts to find. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ setting, says }) => `  ${setting} ${says}`)
    super(`The configuration has ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${lines.join('\n')}`)
    this.name = 'ConfigError'
  }
}
