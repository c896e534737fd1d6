import { statSync } from 'node:fs'
import { replayEvents } from '../replay/replay-events.js'
import { loadDatabases } from '../stepgate/databases.js'
import { replayEngine } from '../stepgate/replay-engine.js'
import { progress, type ProgressOutput } from './progress.js'

/** Scores `FILE` into `FILE.scored.csv`, beside it; bad rows are told by their line numbers. */
export async function replayFile(
  file: string,
  { stdout, stderr }: { readonly stdout: ProgressOutput; readonly stderr: ProgressOutput },
): Promise<void> {
  const bar = progress(stderr, Date.now)
  const bytes = Math.max(1, statSync(file).size)
  const output = `${file.replace(/[.]csv$/i, '')}.scored.csv`
  const { rows, problems } = await replayEvents({
    input: file,
    output,
    engine: replayEngine(await loadDatabases()),
    onProgress: (done) => bar.show(done.bytes / bytes, `${done.rows} rows`),
    onProblem: ({ line, says }) => {
      bar.end()
      stderr.write(`Line ${line} ${says}\n`)
    },
  })
  bar.end()
  stdout.write(`${rows - problems} of ${rows} rows scored: ${output}\n`)
}
