import { writeFile } from 'node:fs/promises'
import { writeAsnFile } from '../src/risk/asn/asn-file.js'
import { readAsnRanges } from '../src/risk/asn/asn-source.js'
import { compileAsnTable } from '../src/risk/asn/compile-asn-table.js'

/** Compiles the ASN data of the development dependency to a file; without an argument to where the built gateway looks. */
const target = process.argv[2] ?? new URL('../dist/risk/asn/asn.bin', import.meta.url)
const file = writeAsnFile(compileAsnTable(readAsnRanges()))
await writeFile(target, file)
