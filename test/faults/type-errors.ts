import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './copies.js'
import { objectionTo, withFault, type ListedFault } from './fault.js'

/** Faults that the compiler would have noticed, so that no test has to. What is merely left unused is no such thing. */
export function typeErrorsOf(
  faults: readonly ListedFault[],
): readonly { readonly fault: ListedFault; readonly error: string }[] {
  const edited = new Map<string, { readonly version: number; readonly text: string }>()
  const service = ts.createLanguageService(hostWith(edited))
  let version = 0
  return faults.flatMap((fault) => {
    const path = join(ROOT, fault.file)
    const source = readFileSync(path, 'utf8')
    if (!path.endsWith('.ts') || objectionTo(fault, source) !== null) return []
    edited.set(path, { version: (version += 1), text: withFault(fault, source) })
    const [first] = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
    edited.set(path, { version: (version += 1), text: source })
    return first ? [{ fault, error: ts.flattenDiagnosticMessageText(first.messageText, ' ') }] : []
  })
}

/** The project as it is, but for the files that were edited. */
function hostWith(edited: ReadonlyMap<string, { readonly version: number; readonly text: string }>) {
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
