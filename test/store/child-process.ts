import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Child {
  /** The lines it has said so far. The last may be cut off by a kill and is left out until it is whole. */
  readonly lines: () => readonly string[]
  /** Waits until that many lines begin like this; once unless told. */
  readonly said: (line: string, times?: number) => Promise<void>
  readonly kill: () => Promise<void>
  readonly ended: () => Promise<void>
}

/** Runs a TypeScript file of this folder in a process of its own. */
export function startChild(file: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return watch(spawn(process.execPath, ['--import', '@swc-node/register/esm-register', path, ...args]))
}

/** Runs any command. */
export function startCommand(command: string, args: readonly string[]): Child {
  return watch(spawn(command, args))
}

function watch(child: ChildProcess): Child {
  const exited = once(child, 'exit')
  let output = ''
  let errors = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const lines = (): string[] => output.split('\n').slice(0, -1)
  const said = async (line: string, times = 1): Promise<void> => {
    while (lines().filter((each) => each.startsWith(line)).length < times) {
      if (child.exitCode !== null) throw new Error(`it ended before it said "${line}": ${output}${errors}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return {
    lines,
    said,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    ended: async () => {
      await exited
    },
  }
}
