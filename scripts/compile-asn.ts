import { writeFile } from 'node:fs/promises'
import { writeAsnFile } from '../src/networks/asn/asn-file.js'
import { readAsnRanges } from '../src/networks/asn/asn-source.js'
import { compileAsnTable } from '../src/networks/asn/compile-asn-table.js'

/**
 * Compiles the ASN data of the development dependency to a file; without an argument, to where the built gateway looks
 * for it.
 */
const target = process.argv[2] ?? new URL('../dist/networks/asn/asn.bin', import.meta.url)
const file = writeAsnFile(compileAsnTable(readAsnRanges()))
await writeFile(target, file)
