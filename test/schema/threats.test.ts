import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { printThreatIndex, readThreatRows } from '../../scripts/threat-index.js'

const root = new URL('../../', import.meta.url)

describe('the threat pages', () => {
  it('have one row for each number', async () => {
    const numbers = (await readThreatRows()).map(({ number }) => number)
    expect(numbers.length).toBeGreaterThan(200)
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([])
  })

  it('name at least one test in each row, and only tests that exist', async () => {
    for (const { number, tests } of await readThreatRows()) {
      const missing = tests.filter((path) => !path.startsWith('test/') || !existsSync(new URL(path, root)))
      expect({ number, tested: tests.length > 0, missing }).toEqual({ number, tested: true, missing: [] })
    }
  })

  it('have a row for each number in the name of an attack test', async () => {
    const known = new Set((await readThreatRows()).map(({ number }) => number))
    const names = await readdir(new URL('test/attacks/', root))
    const marked = names.flatMap((name) => /^r\d{3}(?=-)/.exec(name)?.[0].toUpperCase() ?? [])
    expect(marked.length).toBeGreaterThan(100)
    expect(marked.filter((number) => !known.has(number))).toEqual([])
  })

  it('are listed in the index: `npm run schema:write` writes it', async () => {
    const index = await readFile(new URL('docs/threats/README.md', root), 'utf8')
    expect(index).toBe(printThreatIndex(await readThreatRows()))
  })
})
