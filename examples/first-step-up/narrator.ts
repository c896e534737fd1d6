/** Tells the story in a terminal, with colours where they are wanted. */
export interface Narrator {
  readonly colours: boolean
  title(text: string): void
  step(number: number, does: string, expects: string): void
  seen(text: string): void
  failed(came: string): void
  end(text: string): void
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32 } as const

export function createNarrator(out: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Narrator {
  // https://no-color.org: any value but the empty one turns colours off.
  const colours = out.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  const say = (line: string): void => void out.write(`${line}\n`)
  const styled = (style: keyof typeof STYLES, text: string): string =>
    colours ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text
  return {
    colours,
    title: (text) => say(styled('bold', text)),
    step: (number, does, expects) => {
      say('')
      say(styled('bold', `${String(number).padStart(2)}. ${does}`))
      say(styled('dim', `    expected: ${expects}`))
    },
    seen: (text) => say(`${indented(text)}\n    ${styled('green', 'as expected')}`),
    failed: (came) => {
      say(`    ${styled('red', 'NOT as expected')}`)
      say(indented(`came: ${came}`))
    },
    end: (text) => say(`\n${styled('bold', text)}`),
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    ')
