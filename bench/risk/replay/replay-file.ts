import { stat } from 'node:fs/promises'
import { loadDatabases } from '../stepgate/databases.js'
import { progress, type ProgressOutput } from '../run/progress.js'
import { ReplayError } from './replay-error.js'
import { replayEvents, type ReplayProblem } from './replay-events.js'
import { stepgateEngine } from './stepgate-engine.js'

/** Beyond this many, problems are only counted. */
const MOST_TOLD = 1000

/** Scores the sign-ins of a file into `FILE.scored.csv` beside it and answers what to tell in the end. */
export async function replayFile(file: string, output: ProgressOutput, now: () => number): Promise<string> {
  const size = await sizeOf(file)
  const engine = stepgateEngine(await loadDatabases())
  const scored = `${file.replace(/\.csv$/i, '')}.scored.csv`
  const shown = progress(output, now)
  let told = 0
  const onProblem = ({ line, says }: ReplayProblem): void => {
    told += 1
    if (told > MOST_TOLD) return
    shown.end()
    output.write(`Line ${line} ${says}.\n`)
    if (told === MOST_TOLD) output.write('Further bad rows are only counted.\n')
  }
  const { rows, problems } = await replayEvents({
    input: file,
    output: scored,
    engine,
    onProblem,
    onProgress: ({ rows: done, bytes }) => shown.show(size === 0 ? 1 : bytes / size, `${done} rows`),
  })
  shown.end()
  return `${rows} rows, ${problems} of them without a score, in ${scored}\n`
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  if (found === null) throw new ReplayError(`There is no file ${file}.`)
  if (!found.isFile()) throw new ReplayError(`${file} is not a file.`)
  return found.size
}
