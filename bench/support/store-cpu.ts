import { readFile } from 'node:fs/promises'

/** Linux counts a process's time in hundredths of a second. */
const MS_PER_TICK = 10

/**
 * Milliseconds of processor time of the store's own process, since its start. Null where there is none, where
 * `MONGO_SERVER_PID` does not name it, or where the system does not tell.
 */
export async function storeCpuMs(): Promise<number | null> {
  const pid = process.env['MONGO_SERVER_PID']
  if (!process.env['MONGODB_URI'] || !/^\d+$/.test(pid ?? '')) return null
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  // After the name, which is in parentheses and may hold spaces, `utime` and `stime` are the 12th and 13th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
}
