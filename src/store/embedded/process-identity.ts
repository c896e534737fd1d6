import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from any other that had or will have its number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Boot and start time, where the system says (Linux); null elsewhere. */
  readonly incarnation: string | null
}

const START_TIME = 19

export function currentProcess(): ProcessIdentity {
  // Without /proc our own start time still tells us from an earlier process with our number.
  const incarnation = incarnationOf(process.pid) ?? `origin/${performance.timeOrigin}`
  return { pid: process.pid, host: hostname(), incarnation }
}

/** Whether that very process still runs on this host. */
export function isRunning(owner: ProcessIdentity): boolean {
  if (owner.pid === process.pid) return owner.incarnation === currentProcess().incarnation
  if (!exists(owner.pid)) return false
  const incarnation = incarnationOf(owner.pid)
  return incarnation === null || incarnation === owner.incarnation
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function incarnationOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): the name, in parentheses, may hold anything; the start time is field 22, the 20th after it.
    const started = status.slice(status.lastIndexOf(')') + 2).split(' ')[START_TIME]
    return started === undefined ? null : `${boot}/${started}`
  } catch {
    return null
  }
}
