import { describeSettings, printReference } from '../../src/config/index.js'

it('has one row for every setting, with a meaning', () => {
  const reference = printReference()
  for (const row of describeSettings()) {
    const names = row.fileName === null ? `\`${row.name}\`` : `\`${row.name}\` or \`${row.fileName}\``
    expect(reference).toContain(`| ${names} | ${row.default} |`)
    expect(row.meaning).toMatch(/\.$/)
  }
})

it('names every variable once', () => {
  const names = describeSettings().map((row) => row.name)
  expect(new Set(names).size).toBe(names.length)
})
