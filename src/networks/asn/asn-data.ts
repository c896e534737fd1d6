import { readFile } from 'node:fs/promises'
import type { Logger } from '../../kernel/logger.js'
import { numericAddress } from '../addresses/address.js'
import { parseAsnFile } from './asn-file.js'
import { installedAsnSource, readAsnRanges, type AsnSource } from './asn-source.js'
import { findAsn, type AsnTable } from './asn-table.js'
import { compileAsnTable } from './compile-asn-table.js'
import type { AsnAnswer, AsnLookup } from './ports.js'

type State = { readonly kind: 'not-ready' | 'failed' | 'off' } | { readonly kind: 'ready'; readonly table: AsnTable }

/** Where `npm run build` puts the compiled data: beside this module. */
const COMPILED_NAME = 'asn.bin'

/**
 * Networks from a compiled file: the one at `path`, or the one beside this module. When running from source there is
 * none, so the data of the development dependency is compiled in memory.
 */
export function asnData(logger: Logger, path: string | null, load = () => loadAsnTable(path)): AsnLookup {
  let state: State = { kind: 'not-ready' }
  let loading: Promise<void> | null = null
  const warmUp = async (): Promise<void> => {
    try {
      const table = await load()
      state = table === null ? { kind: 'off' } : { kind: 'ready', table }
      if (table === null) logger.warn({}, 'there is no ASN data; networks are told apart by their addresses')
    } catch (error) {
      state = { kind: 'failed' }
      logger.error({ err: error }, 'ASN data could not be loaded; networks are told apart by their addresses')
    }
  }
  return {
    lookup: (address) => (state.kind === 'ready' ? answerOf(state.table, address) : { kind: 'gap', gap: state.kind }),
    warmUp: () => (loading ??= warmUp()),
  }
}

function answerOf(table: AsnTable, text: string): AsnAnswer {
  const address = numericAddress(text)
  const asn = address && findAsn(table, address)
  if (asn === null) return { kind: 'gap', gap: 'not-found' }
  return { kind: 'found', asn, class: table.classes.get(asn) ?? null }
}

/** Null when there is neither a compiled file nor its source. Throws when the data cannot be read. */
async function loadAsnTable(path: string | null): Promise<AsnTable | null> {
  if (path !== null) return parseAsnFile(await readFile(path))
  const compiled = await readFile(new URL(COMPILED_NAME, import.meta.url)).catch(unlessMissing)
  if (compiled !== null) return parseAsnFile(compiled)
  const source = sourceIfInstalled()
  return source && compileAsnTable(readAsnRanges(source))
}

function unlessMissing(error: unknown): null {
  if ((error as { readonly code?: unknown }).code === 'ENOENT') return null
  throw error
}

function sourceIfInstalled(): AsnSource | null {
  try {
    return installedAsnSource()
  } catch {
    return null
  }
}
