import { describeSettings, type SettingDescription } from './describe-settings.js'

const HEAD = `# Configuration

Printed from the code by \`npm run schema:write\`; do not edit. Stepgate reads its settings from environment variables at the
start. A mistake stops the start with a list of everything that is wrong. An unknown \`STEPGATE_\` variable is a mistake.

Secret settings can be read from files, as containers get them. Set the variable that ends in \`_FILE\` to the path of a file
that contains the value and nothing else. Setting both variables is a mistake.
`

/** The configuration reference as Markdown. */
export function printReference(): string {
  const rows = describeSettings()
  const titles = [...new Set(rows.map((row) => row.group))]
  const sections = titles.map((title) => `## ${title}\n\n${table(rows.filter((row) => row.group === title))}`)
  return [HEAD, ...sections].join('\n')
}

function table(rows: readonly SettingDescription[]): string {
  const lines = rows.map(
    (row) => `| ${namesOf(row)} | ${row.default} | ${row.unit} | ${row.meaning.replaceAll('|', '\\|')} |`,
  )
  return ['| variable | default | unit | meaning |', '| --- | --- | --- | --- |', ...lines, ''].join('\n')
}

const namesOf = ({ name, fileName }: SettingDescription): string =>
  fileName === null ? `\`${name}\`` : `\`${name}\` or \`${fileName}\``
