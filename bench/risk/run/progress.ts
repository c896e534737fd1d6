/** Tells how far something is: a bar that moves on a terminal, else a line now and then. */
export interface Progress {
  /** `share` from 0 to 1. */
  show(share: number, text: string): void
  /** Ends the bar, so that what follows begins on a line of its own. */
  end(): void
}

export interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const WIDTH = 30
const BAR_EVERY_MS = 200
const LINE_EVERY_MS = 15_000

/** `now` answers in milliseconds. */
export function progress(output: ProgressOutput, now: () => number): Progress {
  const isTerminal = output.isTTY === true
  const every = isTerminal ? BAR_EVERY_MS : LINE_EVERY_MS
  // The first word comes after the first wait: what is done sooner needs none.
  let shownAt = now()
  let hasBar = false
  return {
    show: (share, text) => {
      if (now() - shownAt < every) return
      shownAt = now()
      if (!isTerminal) return void output.write(`${percent(share)} ${text}\n`)
      hasBar = true
      output.write(`\r\u001B[2K${bar(share)} ${percent(share)} ${text}`)
    },
    end: () => {
      if (hasBar) output.write('\r\u001B[2K')
      hasBar = false
    },
  }
}

const percent = (share: number): string => `${Math.floor(100 * share)} %`.padStart(5)

function bar(share: number): string {
  const full = Math.round(WIDTH * share)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`
}
