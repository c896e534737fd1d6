import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/index.js'
import { describeStore } from './store.js'

describeStore('the embedded store in memory', {
  open: async () => openStore({ dataDirectory: null }),
  discard: (store) => store.close(),
})

let directory: string
describeStore('the embedded store in files', {
  open: async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-store-'))
    return openStore({ dataDirectory: directory })
  },
  discard: async (store) => {
    await store.close()
    await rm(directory, { recursive: true })
  },
})
