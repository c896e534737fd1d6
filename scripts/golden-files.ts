import { getDocumentNodeFromSchema } from '@graphql-tools/utils'
import { lexicographicSortSchema, print } from 'graphql'
import { createApp } from '../src/compose/app.js'
import { describeAuditActions } from '../src/audit/index.js'
import { printReference, readConfig, newKeyText } from '../src/config/index.js'
import { ERROR_CODES } from '../src/kernel/error-codes.js'
import { silentLogger } from '../src/kernel/logger.js'
import { printMessageList, printSentenceList } from '../src/messages/index.js'
import { printAccessTable } from '../src/policy/index.js'
import { noAsn, noGeo } from '../src/networks/index.js'
import { printThreatIndex, readThreatRows } from './threat-index.js'

/** The files that describe the code's behaviour, by path: they change in review together with it. */
export async function goldenFiles(): Promise<Readonly<Record<string, string>>> {
  const config = readConfig({ STEPGATE_KEYS: newKeyText() })
  const app = await createApp({ config, logger: silentLogger, geo: noGeo, asn: noAsn, inMemory: true })
  try {
    return {
      'schema/stepgate.graphql': `${print(getDocumentNodeFromSchema(lexicographicSortSchema(app.schema)))}\n`,
      'schema/access.md': printAccessTable(app.policy.accessTable()),
      'docs/configuration.md': printReference(),
      'docs/errors.md': printErrorCodes(),
      'docs/audit-events.md': printAuditActions(),
      'docs/message-list.md': printMessageList(),
      'docs/sentences.md': printSentenceList(),
      'docs/threats/README.md': printThreatIndex(await readThreatRows()),
    }
  } finally {
    await app.close()
  }
}

function printErrorCodes(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { http, means }]) => `| \`${code}\` | ${http} | ${means} |`)
  return `# Error codes

Every \`extensions.code\` a client can see, with the HTTP status when the whole operation is refused. This page is for
developers; what people read is in [sentences.md](sentences.md).

| code | HTTP | means |
| --- | --- | --- |
${rows.join('\n')}
`
}

function printAuditActions(): string {
  const rows = describeAuditActions().map(
    ({ action, means, owasp }) => `| \`${action}\` | ${means} | ${owasp.join(' ')} |`,
  )
  return `# Audit events

Every action the audit log knows, and the same fact in the OWASP Logging Vocabulary.

| action | means | OWASP |
| --- | --- | --- |
${rows.join('\n')}
`
}
