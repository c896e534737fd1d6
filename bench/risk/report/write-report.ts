import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { BenchResult } from './bench-result.js'
import { plotsOf } from './plots.js'
import { renderReport, type Setting } from './render-report.js'

/** Writes risk-benchmark.md and its plots into a directory, and answers the Markdown. */
export async function writeReport(result: BenchResult, directory: string, setting: Setting): Promise<string> {
  const plots = plotsOf(result)
  const file = join(directory, 'risk-benchmark.md')
  // As `npm run check` wants files to be.
  const markdown = await format(renderReport(result, plots, setting), {
    ...(await resolveConfig(file)),
    parser: 'markdown',
  })
  await mkdir(directory, { recursive: true })
  await writeFile(file, markdown)
  for (const { fileName, svg } of plots) await writeFile(join(directory, fileName), svg)
  return markdown
}
