import { readdir, readFile } from 'node:fs/promises'

/** One row of the tables in docs/threats: a requirement, and the tests that show it. */
export interface ThreatRow {
  readonly number: string
  /** The first sentence of the threat, without its full stop. */
  readonly title: string
  readonly page: string
  readonly pageTitle: string
  /** Paths of the tests, from the root of the repository. */
  readonly tests: readonly string[]
}

const folder = new URL('../docs/threats/', import.meta.url)
const ROW = /^\| ([RABCDES]\d+[a-z]?) +\|(.*)\|$/gm

/** Reads every row of the threat pages, page by page. */
export async function readThreatRows(): Promise<readonly ThreatRow[]> {
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const rows = await Promise.all(
    pages.sort().map(async (page) => rowsOf(page, await readFile(new URL(page, folder), 'utf8'))),
  )
  return rows.flat()
}

/** The index of all requirements, in the order of their numbers. */
export function printThreatIndex(rows: readonly ThreatRow[]): string {
  const lines = [...rows].sort(byNumber).map(({ number, title, page, pageTitle, tests }) => {
    const links = tests.map((path) => `[\`${shortName(path)}\`](../../${path})`)
    return `| ${number} | ${title} | [${pageTitle}](${page}) | ${links.join(', ')} |`
  })
  return `# Threats

Printed from the pages in this folder by \`npm run schema:write\`; do not edit. Each requirement is one row of one page. The
row names the threat, what Stepgate does, and the tests that show it. Tests and code use the same numbers. A number without
a row is not covered by a test yet.

| no. | threat | page | test |
| --- | --- | --- | --- |
${lines.join('\n')}
`
}

function rowsOf(page: string, text: string): readonly ThreatRow[] {
  const pageTitle = /^# (.*)$/m.exec(text)?.[1] ?? page
  return [...text.matchAll(ROW)].map(([, number = '', cells = '']) => {
    const [threat = '', , tests = ''] = cells.split(' | ').map((cell) => cell.trim())
    return { number, title: firstSentence(threat), page, pageTitle, tests: linkedTests(tests) }
  })
}

const firstSentence = (threat: string): string => (threat.split(/\. (?=[A-Z`])/)[0] ?? '').replace(/\.$/, '')
const linkedTests = (cell: string): readonly string[] =>
  [...cell.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/g)].map(([, path = '']) => path)
const shortName = (path: string): string => path.replace(/^test\//, '').replace(/\.test\.ts$/, '')
const byNumber = (a: ThreatRow, b: ThreatRow): number => sortKey(a.number).localeCompare(sortKey(b.number), 'en')

/** The requirements (R) come first, then the lists of attacks by letter. */
function sortKey(number: string): string {
  const [, letter = '', digits = '', suffix = ''] = /^([A-Z])(\d+)([a-z]?)$/.exec(number) ?? []
  return `${letter === 'R' ? '' : letter}${digits.padStart(4, '0')}${suffix}`
}
