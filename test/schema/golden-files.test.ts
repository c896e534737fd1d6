import { readFile } from 'node:fs/promises'
import { buildSchema, validateSchema } from 'graphql'
import { goldenFiles } from '../../scripts/golden-files.js'

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the files generated from the code', () => {
  it('are up to date: `npm run schema:write` writes them', async () => {
    for (const [path, content] of Object.entries(await goldenFiles())) {
      expect({ path, content: await read(path) }).toEqual({ path, content })
    }
  })

  it('hold a schema without errors', async () => {
    expect(validateSchema(buildSchema(await read('schema/stepgate.graphql')))).toEqual([])
  })
})
