import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './copies.js'
import { objectionTo, withFault, type ListedFault } from './fault.js'

interface Mistyped {
  readonly fault: ListedFault
  readonly error: string
}

interface Edit {
  readonly version: number
  readonly text: string
}

/**
 * Faults that the compiler detects, so that no test has to. Mere unused code does not count. Faults of different files
 * are checked together, because each round compiles a whole program.
 */
export function typeErrorsOf(faults: readonly ListedFault[]): readonly Mistyped[] {
  const edited = new Map<string, Edit>()
  const service = ts.createLanguageService(hostWith(edited))
  return roundsOf(faults.filter(({ file }) => file.endsWith('.ts'))).flatMap((round, index) => {
    const originals = round.map(({ file }) => [join(ROOT, file), readFileSync(join(ROOT, file), 'utf8')] as const)
    round.forEach((fault, nth) => {
      const [path, source] = originals[nth]!
      const text = objectionTo(fault, source) === null ? withFault(fault, source) : source
      edited.set(path, { version: 2 * index + 1, text })
    })
    const found = round.flatMap((fault) => mistyped(service, fault))
    for (const [path, text] of originals) edited.set(path, { version: 2 * index + 2, text })
    return found
  })
}

/** One fault of each file, then the next of each, until none is left. */
function roundsOf(faults: readonly ListedFault[]): readonly (readonly ListedFault[])[] {
  const byFile = [...new Set(faults.map(({ file }) => file))].map((file) =>
    faults.filter((fault) => fault.file === file),
  )
  const most = Math.max(0, ...byFile.map(({ length }) => length))
  return Array.from({ length: most }, (_, nth) => byFile.flatMap((group) => group[nth] ?? []))
}

function mistyped(service: ts.LanguageService, fault: ListedFault): readonly Mistyped[] {
  const path = join(ROOT, fault.file)
  const [first] = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
  return first ? [{ fault, error: ts.flattenDiagnosticMessageText(first.messageText, ' ') }] : []
}

/** The project with only the edited files changed. */
function hostWith(edited: ReadonlyMap<string, Edit>) {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  return {
    getScriptFileNames: () => fileNames.filter((path) => path.startsWith(join(ROOT, 'src'))),
    getScriptVersion: (path: string) => String(edited.get(path)?.version ?? 0),
    getScriptSnapshot: (path: string) => {
      const text = edited.get(path)?.text ?? ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (given: ts.CompilerOptions) => ts.getDefaultLibFilePath(given),
    fileExists: (path: string) => ts.sys.fileExists(path),
    readFile: (path: string) => ts.sys.readFile(path),
    readDirectory: ts.sys.readDirectory,
    directoryExists: (path: string) => ts.sys.directoryExists(path),
    getDirectories: (path: string) => ts.sys.getDirectories(path),
  } satisfies ts.LanguageServiceHost
}
